"""Which ``$…$`` is mathematics that will compile: TeX stops at the first that does not.

A title comes from arXiv as its authors typed it, with macros of their own preamble now and then, or with dollars that
mean money. A formula goes into a .bib file verbatim only if its braces balance, its scripts have something to carry
and every command is one that LaTeX, amsmath or amssymb defines. Anything else is written as text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = frozenset(
    (
        "Bbbk Big Bigg Biggl Biggr Bigl Bigr Bumpeq Cap Cup Delta Downarrow Finv Game Gamma Im Lambda Leftarrow "
        "Leftrightarrow Lleftarrow Longleftarrow Longleftrightarrow Longrightarrow Lsh Omega P Phi Pi Pr Psi Re "
        "Rightarrow Rrightarrow Rsh S Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi "
        "acute aleph alpha amalg angle approx approxeq arccos arcsin arctan arg ast asymp backepsilon backprime "
        "backsim backsimeq backslash bar barwedge because beta beth between bf big bigcap bigcirc bigcup bigg biggl "
        "biggr bigl bigodot bigoplus bigotimes bigr bigsqcup bigstar bigtriangledown bigtriangleup biguplus bigvee "
        "bigwedge binom blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright "
        "bmod boldsymbol bot bowtie boxdot boxminus boxplus boxtimes breve bullet bumpeq cal cap cdot cdots centerdot "
        "cfrac check chi circ circeq circlearrowleft circlearrowright circledS circledast circledcirc circleddash "
        "clubsuit colon complement cong coprod copyright cos cosh cot coth csc cup curlyeqprec curlyeqsucc curlyvee "
        "curlywedge curvearrowleft curvearrowright dag dagger daleth dashv dbinom ddag ddagger dddot ddot ddots deg "
        "delta det dfrac diagdown diagup diamond diamondsuit digamma dim displaystyle div divideontimes dot doteq "
        "doteqdot dotplus dots dotsb dotsc dotsi dotso doublebarwedge downarrow downdownarrows downharpoonleft "
        "downharpoonright ell emptyset epsilon eqcirc eqsim eqslantgtr eqslantless equiv eta eth exists exp "
        "fallingdotseq flat forall frac frown gamma gcd ge geq geqq geqslant gets gg ggg gimel gnapprox gneq gneqq "
        "gnsim grave gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq hat hbar heartsuit hom "
        "hookleftarrow hookrightarrow hphantom hslash iff iiint iint imath impliedby implies in inf infty int "
        "intercal iota it jmath kappa ker lVert lambda land langle lbrace lbrack lceil ldots le left leftarrow "
        "leftarrowtail leftharpoondown leftharpoonup leftleftarrows leftrightarrow leftrightarrows leftrightharpoons "
        "leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim "
        "lfloor lg lhd lim liminf limits limsup ll llcorner lll ln lnapprox lneq lneqq lnot lnsim log longleftarrow "
        "longleftrightarrow longmapsto longrightarrow looparrowleft looparrowright lor lozenge lrcorner ltimes lvert "
        "lvertneqq mapsto mathbb mathbf mathbin mathcal mathclose mathfrak mathit mathnormal mathop mathopen mathord "
        "mathrel mathring mathrm mathsf mathtt max mbox measuredangle medspace mho mid middle min mod models mp mu "
        "multimap nLeftarrow nLeftrightarrow nRightarrow nVDash nVdash nabla natural ncong ne nearrow neg "
        "negthinspace neq nexists ngeq ngeqq ngeqslant ngtr ni nleftarrow nleftrightarrow nleq nleqq nleqslant nless "
        "nmid nolimits not notin nparallel nprec npreceq nrightarrow nshortmid nshortparallel nsim nsubseteq "
        "nsubseteqq nsucc nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq "
        "nu nvDash nvdash nwarrow odot oint omega ominus operatorname oplus oslash otimes overbrace overleftarrow "
        "overline overrightarrow overset owns parallel partial perp phantom phi pi pitchfork pm pmod pod pounds prec "
        "precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime prod propto psi qquad quad rVert "
        "rangle rbrace rbrack rceil rfloor rhd rho right rightarrow rightarrowtail rightharpoondown rightharpoonup "
        "rightleftarrows rightleftharpoons rightrightarrows rightsquigarrow rightthreetimes risingdotseq rm rtimes "
        "rvert scriptscriptstyle scriptstyle searrow sec setminus sf sharp shortmid shortparallel sigma sim simeq sin "
        "sinh smallfrown smallint smallsetminus smallsmile smash smile spadesuit sphericalangle sqcap sqcup sqrt "
        "sqsubset sqsubseteq sqsupset sqsupseteq square stackrel star subset subseteq subseteqq subsetneq subsetneqq "
        "substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup supset supseteq "
        "supseteqq supsetneq supsetneqq surd swarrow tan tanh tau tbinom text textbf textit textrm textsc textsf "
        "textstyle texttt tfrac therefore theta thickapprox thicksim thickspace thinspace tilde times to top triangle "
        "triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq tt twoheadleftarrow "
        "twoheadrightarrow ulcorner underbrace underline underset unlhd unrhd uparrow updownarrow upharpoonleft "
        "upharpoonright uplus upsilon upuparrows urcorner vDash varbigtriangledown varbigtriangleup varepsilon "
        "varkappa varnothing varphi varpi varpropto varrho varsigma varsubsetneq varsubsetneqq varsupsetneq "
        "varsupsetneqq vartheta vartriangle vartriangleleft vartriangleright vdash vdots vec vee veebar vert vphantom "
        "wedge widehat widetilde wp wr xi zeta "
    ).split()
)
"""Defined after \\usepackage{amsmath,amssymb}, tested one by one with pdfTeX. ``\\mathscr`` and ``\\bm`` are not."""

_WITH_ARGUMENT = frozenset(
    "mathbb mathcal mathfrak mathrm mathbf mathit mathsf mathtt mathnormal boldsymbol operatorname text textrm textit"
    " textbf textsf texttt textsc mbox mathop mathbin mathrel mathord mathopen mathclose frac dfrac tfrac cfrac binom"
    " dbinom tbinom sqrt overline underline overbrace underbrace overrightarrow overleftarrow underset overset stackrel"
    " substack bar hat tilde vec dot ddot dddot acute grave check breve mathring widehat widetilde phantom hphantom"
    " vphantom smash left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr not pmod pod".split()
)
_TWO_ARGUMENTS = frozenset("frac dfrac tfrac cfrac binom dbinom tbinom underset overset stackrel".split())
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([{}^_'&#%$~])|([^\s\\])", re.S)
_ESCAPES = frozenset(",;:! {}|%#&_-/")
_DEEPEST = 20
"""Levels of braces; deeper ones are no title but an attack on the stack."""


@lru_cache(maxsize=4096)
def compiles(formula: str) -> bool:
    """Whether TeX would accept ``formula`` between dollars; strict, so a few odd but good formulas are refused."""
    if not formula.isascii() or not formula.strip() or formula.endswith("\\") or not _balanced(formula):
        return False
    try:
        _Formula(formula).check()
    except _Refused:
        return False
    return True


def _balanced(formula: str) -> bool:
    """Whether the braces balance as BibTeX counts them, that is with those behind a backslash."""
    depth = 0
    for brace in re.findall(r"[{}]", formula):
        depth += 1 if brace == "{" else -1
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


class _Refused(Exception):
    """The formula would not compile."""


class _Formula:
    """TeX's grammar of formulas, as far as titles need it: atoms, each with one subscript and one superscript."""

    def __init__(self, formula: str) -> None:
        self.tokens = [match.groups(default="") for match in _TOKEN.finditer(formula)]
        self.at = 0

    def check(self) -> None:
        self._atoms()
        if self.at < len(self.tokens):
            raise _Refused  # a "}" or \right too many

    def _peek(self) -> tuple[str, str, str]:
        """Command, escape and special character of the next token, each empty unless it is that."""
        if self.at >= len(self.tokens):
            return "", "", "end"
        command, escape, special, _ = self.tokens[self.at]
        return command, escape, special

    def _atoms(self) -> None:
        while True:
            command, _, special = self._peek()
            if special in ("}", "end") or command == "right":
                return
            if special not in ("^", "_", "'"):  # these may carry on nothing: $^2$
                self._atom()
            self._scripts()

    def _atom(self) -> None:
        command, escape, special = self._peek()
        self.at += 1
        if special == "{":
            self._atoms()
            if self._peek()[2] != "}":
                raise _Refused
            self.at += 1
        elif special or not _known(command, escape):
            raise _Refused
        elif command == "left":
            self._token()
            self._atoms()
            if self._peek()[0] != "right":
                raise _Refused
            self.at += 1
            self._token()
        elif command in _WITH_ARGUMENT:
            self._argument()
            if command in _TWO_ARGUMENTS:
                self._argument()

    def _scripts(self) -> None:
        seen: set[str] = set()
        while (mark := self._peek()[2]) in ("^", "_", "'"):
            if mark in seen or (mark == "'" and "^" in seen):
                raise _Refused
            seen.add(mark)
            self.at += 1
            if mark == "'":
                while self._peek()[2] == "'":
                    self.at += 1
            else:
                self._argument()

    def _argument(self) -> None:
        command, escape, special = self._peek()
        if special == "{":
            self._atom()
        elif special or command in _WITH_ARGUMENT or not _known(command, escape):
            raise _Refused
        else:
            self.at += 1

    def _token(self) -> None:
        if self._peek()[2]:
            raise _Refused
        self.at += 1


def _known(command: str, escape: str) -> bool:
    return (not command or command in COMMANDS) and (not escape or escape in _ESCAPES)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas of a Unicode text stand, dollars included.

    A pair of dollars is a formula as in Pandoc: no space inside its edges and no digit behind it, so that "$5 and $10"
    stays money. A command or a script inside is proof enough without that.
    """
    at = text.find("$")
    while at >= 0:
        end = text.find("$", at + 1)
        if end < 0:
            return
        formula = text[at + 1 : end]
        looks = formula == formula.strip() and not text[end + 1 : end + 2].isdigit()
        if (looks or re.search(r"[\\^_]", formula)) and compiles(formula):
            yield at, end + 1
            end = text.find("$", end + 1)
        at = end
