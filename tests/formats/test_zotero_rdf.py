"""Zotero RDF; the shape is that of Zotero's own exports, as its translator "Zotero RDF.js" writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import zotero_rdf
from paperpath.formats.result import Beside
from paperpath.model import Author, Paper

HEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#">
"""
BOILING = """
    <bib:Article rdf:about="https://tea.example/7">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/>
        <bib:authors><rdf:Seq>
            <rdf:li><foaf:Person><foaf:surname>Pötter</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
            <rdf:li><foaf:Person><foaf:surname>Tea Group</foaf:surname></foaf:Person></rdf:li>
        </rdf:Seq></bib:authors>
        <z:seriesEditors><rdf:Seq>
            <rdf:li><foaf:Person><foaf:surname>Wheel</foaf:surname><foaf:givenName>Bo</foaf:givenName></foaf:Person></rdf:li>
        </rdf:Seq></z:seriesEditors>
        <dcterms:isReferencedBy rdf:resource="#item_3"/>
        <link:link rdf:resource="#item_4"/>
        <link:link rdf:resource="#item_5"/>
        <dc:subject>to read</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>steam</rdf:value></z:AutomaticTag></dc:subject>
        <dc:subject><dcterms:LCC><rdf:value>TX 7</rdf:value></dcterms:LCC></dc:subject>
        <dc:title>Boiling &lt;i&gt;without&lt;/i&gt; Observation</dc:title>
        <dc:date>2014-12-09</dc:date>
        <z:language>en</z:language>
        <dc:identifier><dcterms:URI><rdf:value>https://tea.example/7</rdf:value></dcterms:URI></dc:identifier>
        <bib:pages>1-17</bib:pages>
        <dcterms:abstract>We boil.</dcterms:abstract>
        <dc:description>Citation Key: potter2014
arXiv: 1412.2970</dc:description>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1234-5679">
        <dcterms:isPartOf><bib:Series><dc:title>Hot Water</dc:title></bib:Series></dcterms:isPartOf>
        <dc:title>Journal of Tea</dc:title>
        <dcterms:alternative>J. Tea</dcterms:alternative>
        <prism:volume>9</prism:volume>
        <prism:number>2</prism:number>
        <dc:identifier>DOI 10.1000/Kettle.7</dc:identifier>
        <dc:identifier>ISSN 1234-5679</dc:identifier>
    </bib:Journal>
    <bib:Memo rdf:about="#item_3">
        <rdf:value>&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt;.&lt;/p&gt;</rdf:value>
    </bib:Memo>
    <z:Attachment rdf:about="#item_4">
        <z:itemType>attachment</z:itemType>
        <z:path rdf:resource="files/4/boil; one.pdf"/>
        <dc:title>Full Text</dc:title>
        <link:type>application/pdf</link:type>
    </z:Attachment>
    <z:Attachment rdf:about="#item_5">
        <z:itemType>attachment</z:itemType>
        <z:path rdf:resource="files/5/page.html"/>
        <link:type>text/html</link:type>
    </z:Attachment>
"""
REPORT = """
    <rdf:Description rdf:about="urn:isbn:1-4214-0283-1">
        <z:itemType>conferencePaper</z:itemType>
        <dcterms:isPartOf><bib:Journal><dc:title>Proc. Tea</dc:title></bib:Journal></dcterms:isPartOf>
        <dc:publisher><foaf:Organization>
            <vcard:adr><vcard:Address><vcard:locality>Kettletown</vcard:locality></vcard:Address></vcard:adr>
            <foaf:name>Kettle Press</foaf:name>
        </foaf:Organization></dc:publisher>
        <dc:title>Lids</dc:title>
        <bib:presentedAt><bib:Conference><dc:title>Tea 7</dc:title></bib:Conference></bib:presentedAt>
    </rdf:Description>
"""
COLLECTIONS = """
    <z:Collection rdf:about="#collection_1">
        <dc:title>Tea</dc:title>
        <dcterms:hasPart rdf:resource="#collection_2"/>
        <dcterms:hasPart rdf:resource="urn:isbn:1-4214-0283-1"/>
    </z:Collection>
    <z:Collection rdf:about="#collection_2">
        <dc:title>Copper</dc:title>
        <dcterms:hasPart rdf:resource="https://tea.example/7"/>
    </z:Collection>
"""
ROUND = COLLECTIONS.replace("https://tea.example/7", "#collection_1")
ALONE = '<bib:Memo rdf:about="#item_9"><rdf:value>x</rdf:value></bib:Memo>'
END = "</rdf:RDF>"


def test_items_with_all_that_belongs_to_them() -> None:
    result = zotero_rdf.read(HEAD + BOILING + REPORT + COLLECTIONS + END)
    assert result.problems == ()
    assert result.papers == (
        Paper(
            "Boiling without Observation", (Author("Pötter", "Ada"), Author("Tea Group", literal=True)),
            key="potter2014", entry_type="article", year=2014, month=12, venue="Journal of Tea", volume="9", number="2",
            pages="1–17", doi="10.1000/kettle.7", url="https://tea.example/7", arxiv_id="1412.2970",
            abstract="We boil.", extra=result.papers[0].extra,
        ),
        Paper(
            "Lids", entry_type="inproceedings", venue="Proc. Tea", publisher="Kettle Press",
            extra=(("address", "Kettletown"), ("eventtitle", "Tea 7")),
        ),
    )  # fmt: skip
    assert set(result.papers[0].extra) == {
        ("collection-editor", "Wheel, Bo"),
        ("date", "2014-12-09"),
        ("series", "Hot Water"),
        ("issn", "1234-5679"),
        ("shortjournal", "J. Tea"),
        ("language", "en"),
        ("call-number", "TX 7"),
        ("keywords", "to read, steam"),
        ("annote", "Read this."),
        ("file", "files/4/boil\\; one.pdf;files/5/page.html"),
    }
    assert result.beside == {
        0: Beside(
            files=("files/4/boil; one.pdf",),
            tags=("to read", "Tea/Copper"),
            keywords=("steam",),
            notes=("Read **this**.",),
        ),
        1: Beside(tags=("Tea",)),
    }


def test_what_belongs_to_no_item_is_told() -> None:
    result = zotero_rdf.read(HEAD + REPORT + "\n" + ALONE + ALONE.replace("9", "10") + END)
    assert len(result.papers) == 1
    (problem,) = result.problems
    assert problem.message.startswith("Notes that belong to no item were left out")
    assert problem.message.endswith("(2).")
    assert problem.line > HEAD.count("\n")


@pytest.mark.parametrize(
    "text",
    ["", "tea", "<a/>", HEAD, HEAD + BOILING, '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "<a>\ud800</a>", "<a>\0</a>"],
)
def test_a_broken_file_is_a_problem(text: str) -> None:
    result = zotero_rdf.read(text)
    assert result.papers == ()
    assert "Export it again" in result.problems[0].message


PIECES = [
    HEAD,
    BOILING,
    REPORT,
    COLLECTIONS,
    ROUND,
    ALONE,
    END,
    "</bib:Article>",
    "<dc:title>",
    "#item_4",
    "#collection_2",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_nothing_raises(parts: list[str]) -> None:
    zotero_rdf.read(HEAD + "".join(parts))


def test_circles_and_depth_end() -> None:
    loop = '<bib:Book rdf:about="#a"><z:itemType>book</z:itemType><dcterms:isPartOf rdf:resource="#a"/></bib:Book>'
    assert len(zotero_rdf.read(HEAD + loop + ROUND + END).papers) == 1
    zotero_rdf.read(HEAD + "<dc:title>" * 50_000 + "</dc:title>" * 50_000 + END)
