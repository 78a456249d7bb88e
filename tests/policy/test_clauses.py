import pytest

from fupin_desktop.errors import BadDefinition, FileMissing, NotInForce
from fupin_desktop.paths import resources
from fupin_desktop.policy.clauses import find_clause, load_documents
from fupin_desktop.policy.parameters import load_parameters

NAMED = """
吴川 三(一)2；吴川 三(一)4；吴川 三(一)5；吴川 三(一)6-7，三(二)6-7；吴川 三(二)1；吴川 三(二)2；吴川 三(二)3；吴川 三(二)4
吴川 三(二)5；吴川 三(三)1-2；吴川 三(三)3；吴川 三(三)4；吴川 三(三)5；吴川 四；吴川 附件1–5；清远 一(二)；清远 二1–5
清远 二6–9；清远 二10–11；清远 二12；清远 二13；清远 二14；清远 二15–16；清远 二18；清远 二19 三(二)；清远 二20；清远 二21
清远 三(一) 附件1；清远 三(三) 附件2、3
"""


@pytest.fixture(scope="module")
def documents():
    return load_documents(resources() / "policy")


@pytest.mark.parametrize("name", [name.strip() for line in NAMED.split("\n") for name in line.split(";") if name.strip()])
def test_every_clause_of_the_acceptance_list_resolves(documents, name):
    clause = find_clause(documents, name)
    assert clause.name == name
    assert clause.text


@pytest.mark.parametrize(
    ("name", "begins", "ends", "headings"),
    [
        ("吴川 三(二)4", "4.对参与", "备案。", 2),
        ("吴川 三（二）4", "4.对参与", "备案。", 2),
        ("吴川 四", "落实产业扶贫政策", "落到实处。", 0),
        ("吴川 附件3", "附件3、", "使用计划呈批表", 0),
        ("吴川 三(三)1-2", "1.镇（街）", "激励措施。", 2),
        ("清远 二12", "12.加大财政投入", "政府】", 2),
        ("清远 二(四)12", "12.加大财政投入", "政府】", 2),
        ("清远 一(二)", "（二）目标任务", "产业基地。", 1),
        ("清远 附件2、3", "2.清远市省定", "发展情况表", 0),
    ],
)
def test_the_wording_is_the_clauses_own(documents, name, begins, ends, headings):
    clause = find_clause(documents, name)
    assert clause.text.startswith(begins)
    assert clause.text.endswith(ends)
    assert len(clause.headings) == headings


def test_a_broken_paragraph_is_put_together(documents):
    assert "产业扶贫项目资金实行全程绩效目标管理" in find_clause(documents, "清远 二12").text
    assert "用好产业扶贫基金" in find_clause(documents, "清远 二13").text


def test_a_whole_section_holds_its_items(documents):
    text = find_clause(documents, "吴川 三(二)").text
    assert all(find_clause(documents, f"吴川 三(二){item}").text in text for item in range(1, 8))
    assert find_clause(documents, "吴川 三(三)1").text not in text


def test_clauses_of_both_documents_together(documents):
    clause = find_clause(documents, "清远 附件1，吴川 四")
    assert clause.document == "清远市关于进一步加强我市产业扶贫工作的通知、吴川市推进产业扶贫实施方案"
    assert clause.text.startswith("附件:1.")
    assert "领导小组" in clause.text


def test_no_word_of_the_documents_is_lost(documents):
    for document in documents.values():
        filed = "".join(line for lines in document.places.values() for line in lines)
        assert "".join(filed.split()) == "".join(document.wording.split())


@pytest.mark.parametrize(
    "name",
    ["", "吴川", "吴川 三(二)8", "吴川 五", "吴川 三4", "吴川 三(二)4甲", "清远 二23", "清远 二(一)12", "方案第3项", "三(二)4", "吴川 三(二)1 五"],
)
def test_a_clause_that_is_not_there_is_a_situation(documents, name):
    with pytest.raises(NotInForce, match="没有"):
        find_clause(documents, name)


def test_parameters_show_clauses():
    clause = load_parameters(resources() / "policy").clause("吴川 三(二)4")
    assert clause.document == "吴川市推进产业扶贫实施方案"
    assert "不得超成本" in clause.text


@pytest.mark.parametrize(
    ("index", "error"),
    [
        ("a = ", BadDefinition),
        ("a = 1", BadDefinition),
        ('[a]\nshort = "甲"\ntitle = "甲"\n', BadDefinition),
        ('[a]\nshort = "甲"\ntitle = "甲"\nfile = "a.txt"\nextra = 1\n', BadDefinition),
        ('[a]\nshort = "甲"\ntitle = "甲"\nfile = "a.txt"\nstart = [{ chapter = "一" }]\n', BadDefinition),
        ('[a]\nshort = "甲"\ntitle = "甲"\nfile = "a.txt"\n', FileMissing),
    ],
)
def test_a_faulty_index_is_told(tmp_path, index, error):
    (tmp_path / "clauses.toml").write_text(index, encoding="utf-8")
    with pytest.raises(error):
        load_documents(tmp_path)


def test_a_missing_index_is_told(tmp_path):
    with pytest.raises(FileMissing):
        load_documents(tmp_path)
