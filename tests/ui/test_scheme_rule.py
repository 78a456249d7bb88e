from decimal import Decimal

from fupin_desktop.policy.rules import RateRule, StepsRule, TiersRule
from fupin_desktop.policy.scheme import AwardScheme, SchemeItem
from fupin_desktop.ui.dialogs.schemes.fields import ChoiceField
from fupin_desktop.ui.dialogs.schemes.rule import RuleEditor
from fupin_desktop.ui.models.scheme_draft import SchemeDraft


def shown_measure(editor: RuleEditor) -> str:
    page = editor.pages.currentWidget()
    return next(one.currentText() for one in page.findChildren(ChoiceField) if one.findText("本项数量") >= 0)


def test_the_editor_shows_what_a_missing_measure_means(qtbot):
    item = SchemeItem("三黄鸡", "羽", RateRule(rate=Decimal(1)), products=("三黄鸡",))
    draft = SchemeDraft(AwardScheme(name="方案", place="低岭村", year=2026, items=(item,)))
    editor = RuleEditor(draft)
    qtbot.addWidget(editor)
    editor.bind(("item", 0))
    for kind, word in ((StepsRule, "本项数量"), (TiersRule, "全户面积")):
        draft.set_kind(("item", 0), kind)
        assert shown_measure(editor) == word
        assert draft.scheme().items[0].rule.measure.label == word
