"""Section names: titles as organisations write them, what makes them alike, and the file they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from blamecheck.document import parse
from blamecheck.sections import COLUMNS, KINDS, LANGUAGES, SectionNames, load, normalise
from blamecheck.source import Source

# Names in use: public postmortems, the SRE books, vendors' and projects' templates. "|" separates names.
ENGLISH = {
    "root_cause": """Root Cause|Root Causes|Root Cause(s)|Root Causes and Trigger|Root cause analysis|RCA|Root-cause
        Root cause and mitigation|Contributing factors|Contributing Factors (Findings)|Contributing Factor(s)
        Contributing Conditions Analysis|Contributors|Causes|Cause of the Problem|What caused the incident?
        What caused it?|What caused this|Why did it happen?|Why did this happen?|How did it happen?|Why it failed
        Identified Cause|Identified cause (to be done pre-meeting)|Blameless root cause|Fault|Analysis|The bug
        Technical analysis|5 Whys|Five whys|Five Why's|Root cause identification: the Five Whys|Primary cause
        Proximate cause|Underlying cause|Trigger(s) and Process Breakdown(s)|What were the root causes?
        Detailed technical summary|The technical problem|Cause of the outage|Background and cause|Cause analysis
        Details of the fault|Details of the vulnerability|Details of the bug|Failure analysis|What led to this
        Why the outage happened|Reason for the outage|Root cause of the issue|Working Theory (root cause)
        CVE-2022-36313 - Description of the Vulnerability|Why did the site go down?|Technical explanation
        What caused the outage and how did we fix it?|Incident analysis|What happened and why
        What went wrong and why?|What made this possible?|No root cause found
        Details of the root cause of the outage|Root cause investigation|Summary of the root cause|Causes & fixes
        Impact and root cause|Root cause & action items|Root cause: a missing index|RCA Findings|Cause""",
    "trigger": "Trigger|Trigger(s)|Leadup|Lead-up|:warning: Leadup|What triggered it|Root Causes and Trigger",
    "action_items": """Action Items|Action Items & Followups|Follow-up tasks|Follow-up actions|Follow up actions
        Follow-ups|Followup|Corrective Actions|Corrective Actions with Owners|Corrective and Preventative Measures
        Corrective and Preventative Measure|Preventive measures|Remediation|Remediation items|Next steps
        Recommendations|Process improvements|Documentation improvements|Technical improvements|Immediate actions
        Short-term improvements|Medium-term improvements|Long-term improvements|Moving forward|Prevention
        How are we preventing it from happening again?|What Are We Doing About This?|What we'll do differently
        How can we improve?|Stop / Start / Continue|Resulting action|Future actions|To-dos|Tasks|Actions planned:
        Action items & Prevention|Improvements|What are you going to do so it doesn't happen again|Planned actions
        Actionables|What we're doing about it|What we’re changing|What's next|How we're responding|Future work
        Steps to prevent recurrence|Preventing future incidents|What will we do to prevent this in the future
        What is being done to prevent future incidents?|Corrective & Preventive Actions (CAPA)|Actions|Future plan
        Action items completed|Detection and action items|Root cause & action items|Lessons and action items
        Action Items (should be achievable in short-medium term. immediately actionable):|Long term solution
        Long term changes to Rustup releases|Repair items|Short‑term actions|What's being done?|5.1 Curto Prazo
        How are we making incidents like this less likely or less impactful?|How can this be prevented in the future?
        REMEDIATION AND PREVENTION|Remediation and follow-up steps|How do we make sure this never happens again?""",
    "timeline": """Timeline|Incident timeline|Timeline (UTC)|Timeline / Recovery Efforts|Chain of Events|Chronology
        Incident Timing|Sequence of events|Event log|Log|Milestones|Events/Timeline:|A Short, Confusing Timeline
        Timeline of fixes|Timeline: (in PT)|Timeline (all times PST). All times approximations|Detection timeline
        How the incident unfolded|Appendix A: Timeline|2017-09-27 – Timeline""",
    "impact": """Impact|Summary of impact|Customer impact|End User Impact|Infrastructure Impact|Productivity Impact
        Affected users|User impact|Revenue impact|Team impact|Impact & Metrics|Scope|Outage Description|Fallout
        Customer / Service Impact|What was the impact?|Who was affected|Blast radius|Impact of the root cause
        Impact and root cause|DETAILED DESCRIPTION OF IMPACT|Were any users affected?|User-facing impact:
        Ramifications|Impact summary""",
    "detection": """Detection|Detection & Response|Detection gap|How did we find out?|How was it detected|Evidence
        Incident Detected By|Investigation|Diagnosis|Debugging|How did you notice it?|Time to detect
        What data do you have to support this?|Cause of delay in detection|Detection and action items
        Why it wasn't caught|What caused the delay in detection?""",
    "supporting": "Supporting information / documents|Supporting information|Supporting documents|Logs|FAQ",
    "summary": """Summary|Incident summary|Issue Summary|Executive Summary|Overview|Description|Brief description
        TL;DR|TLDR|Abstract|Problem Summary|What is wrong?|Summary of events""",
    "resolution": """Resolution|Resolution and recovery|Recovery|Mitigation|Mitigation & Resolution|Mitigators
        Stabilization Steps|What fixed it?|Recovery efforts|Actions taken|Immediate actions taken|How it was fixed
        Root cause and mitigation|Timeline / Recovery Efforts|Recovery and Lessons Learned|What we did|The fix
        What went wrong and how was it fixed?|:man_raising_hand: Response""",
    "lessons": """Lessons Learned|Lessons learnt|What went well|What went wrong|What went poorly|Insights|Conclusions
        Things that went well|What worked|What worked / What didn't|What didn't go so well|Where we got lucky
        What could have gone better|What could have been better|How'd We Do?|Learnings and risks|Key takeaways
        Reflections|Recovery and Lessons Learned|What did we learn?""",
    "went_well": "What went well?|Things that went well|What worked|What went well & where did we get lucky",
    "went_wrong": "What went wrong|What went poorly|What didn’t go well|Core challenges|What worked / What didn't",
    "improvements": "What could have been better|What could have gone better|Areas for improvement",
    "lucky": "Where we got lucky|Where did we get lucky?|What went well & where did we get lucky",
    "what_happened": "What happened|What happened?|So what happened?|Problem|Details|The incident|Technical details",
    "conclusion": "Conclusion|Conclusions|Final thoughts",
    "investigation": "Investigation|Diagnosis|Debugging|Investigation and diagnosis",
    "roster": """Attendees|Atendees|Participants|Responders|Postmortem Attendees|Names of people involved|Scribe
        Involved parties|Stakeholders informed|Incident commander|Incident Commander(s)|Incident Leader|EOC|IMOC
        Incident lead|SRE Lead|Developer Lead|Incident Mgmt Lead|Comms lead|Who was the IC?|Incident DRI
        How many people were involved in the remediation?
        Reported by""",
    "authors": """Authors|Author(s)|By|Name(s)|Postmortem Owner|Owner|Owner: @aronasorman|Postmortem Lead|Reviewers
        Reviewed-by|Approved by|Shared with|Contact|Auteur|Auteur·rice·s|Autores|Elaborado por|作成者|承認者
        Aprobaciones""",
    "thanks": "Thanks|Special thanks|Acknowledgements|Thanks to our users",
    "references": "References|Links|Further reading|See also|Related incidents",
    "glossary": "Glossary",
    "background": "Background|Context|Background (optional)",
    "contents": "Table of contents|Contents",
    "status": "Status|Severity|Date|Duration|Category|Stats|Scorecard|Services affected|Bugzilla Bug: [bug 1](b)",
    "appendix": "Appendix|Appendix B",
}

OTHERS = {
    "de": {
        "root_cause": """Ursachenanalyse|Ursache(n)|Hauptursache|Beitragsfaktoren|Root Cause(s)|Grundursache|Kernursache
            Fehlerursache|Warum ist es passiert""",
        "trigger": "Auslöser",
        "action_items": """Maßnahmen|Massnahmen|MASSNAHMEN|Maßnahmenplan|Handlungen|Nächste Schritte|Folgemaßnahmen
            Korrekturmaßnahmen|Vorbeugende Maßnahmen|Abstellmaßnahmen""",
        "timeline": "Ablauf|Timeline|zeitliche Abfolge|Zeitverlauf|Zeitachse|Zeitleiste|Chronologie|Verlauf",
        "impact": "Auswirkungen|Impact|Betroffene Systeme|Folgen",
        "detection": "Detection & Response|Erkennung|Entdeckung|Diagnose",
        "summary": "Zusammenfassung|Ereignisbeschreibung|Überblick",
        "what_happened": "Was ist passiert?",
        "resolution": "Behebung|Getroffene Maßnahmen|Sofortmaßnahmen",
        "lessons": "Was lief gut / schlecht|Was kann man besser machen|Lessons Learned|Erkenntnisse",
        "roster": "Teilnehmer*innen|Beteiligte",
    },
    "fr": {
        "root_cause": """Cause racine|Causes racines|Root Cause|causes profondes|Cause profonde|Origine|Pourquoi
            Facteurs contributifs""",
        "action_items": """Actions correctives|Plan d'action|Plan d'action(s)|Plan d’actions|Actions de suivi
            Mesures correctives / préventives|Prochaines étapes""",
        "timeline": "Chronologie|Timeline (Heure, Événement)|Déroulé|Frise|Chronologie détaillée",
        "impact": "Impact|Utilisateurs affectés|Conséquences",
        "detection": "Détection|Diagnostic",
        "summary": "Résumé|Résumé exécutif|Synthèse",
        "resolution": "Résolution|Actions immédiates",
        "lessons": """Leçons apprises|Apprentissages|Ce qui a bien / moins bien fonctionné|Enseignements
            Ce qui peut être amélioré""",
    },
    "es": {
        "root_cause": """Causa raíz|Causas raíz|Análisis de la causa raíz|Causa raíz (5 Porqués)|Análisis causal
            Factores contribuyentes""",
        "action_items": """Acciones correctivas (inmediatas)|Acciones preventivas|Acciones|Plan de acción|Seguimiento
            Acciones correctivas/preventivas|Próximos pasos""",
        "timeline": "Línea de tiempo|Línea de tiempo del incidente|Cronología",
        "impact": "Impacto|Evaluación del impacto",
        "detection": "Detección|Evidencias",
        "summary": "Resumen|Resumen ejecutivo|Descripción general del incidente",
        "resolution": "Acciones tomadas|Resolución",
        "lessons": """Lecciones aprendidas|Lo que salió bien / mal|Qué funcionó bien|Qué no funcionó|Áreas de mejora
            Donde tuvimos suerte""",
    },
    "pt": {
        "root_cause": "Causa raiz|Causa raiz e fatores contribuintes|Fatores contribuintes|Causa principal",
        "action_items": """Ações corretivas|Ações preventivas|Acoes corretivas e preventivas|Ações de acompanhamento
            Plano de ação|Próximo passo recomendado""",
        "timeline": "Linha do tempo",
        "impact": "Impacto|Usuários afetados",
        "detection": "Detecção|Sintomas|Evidencias anexas",
        "summary": "Resumo|Resumo do incidente|Sumário do incidente|Visão geral",
        "resolution": "Ações tomadas|Resolução",
        "lessons": """Lições aprendidas|O que funcionou bem|O que falhou|O que poderia melhorar
            Resultado e lições aprendidas""",
    },
    "ja": {
        "root_cause": """根本原因|原因|発生原因|直接原因|根因|なぜなぜ分析|根因（技術/運用）
            技術的原因 / 運用的原因|技術的原因|運用的原因
            インシデントの分析|影響と原因|原因と対策""",
        "trigger": "トリガー",
        "action_items": """再発防止|再発防止策|アクションアイテム|フォローアップアクション|是正|恒久対策|今後の対応
            5. 再発防止（期限/担当）|原因と対策""",
        "timeline": "タイムライン|時系列|経緯",
        "impact": "影響|影響範囲|影響の文書化|影響と原因",
        "detection": "検知|検知方法",
        "summary": "概要|障害概要",
        "what_happened": "何が起きた？",
        "resolution": "復旧|暫定対応",
        "lessons": "学び|教訓|うまくいったこと",
    },
    "zh": {
        "root_cause": """根本原因|根因|根因分析|3. 根因分析|根因总结|故障原因|直接原因|根本原因分析|原因
            三、故障原因|原因及改进措施""",
        "action_items": "改进措施|行动项|改进项|预防措施|预防|修复措施|后续行动|整改项|原因及改进措施",
        "timeline": "时间线|时间轴|时间线梳理|事件节点|处理过程",
        "impact": "影响|影响范围",
        "detection": "发现方式|如何发现|故障发现",
        "summary": "摘要|概述|事故概要|事件概述|故障简述|执行摘要",
        "resolution": "应急处理|止损",
        "lessons": "经验教训|做得好的 / 需要改进的 / 运气成分|做得好的|需要改进的|运气成分|不当措施|不幸中的万幸",
    },
}

CARRIERS = {
    "heading": "## {title}\n\nIt was the pool.\n",
    "heading with a number": "### 3. {title}\n\nIt was the pool.\n",
    "heading with an emoji": "# :seedling: {title}\n\nIt was the pool.\n\n# More\n",
    "setext heading": "{title}\n---------\n\nIt was the pool.\n",
    "bold label": "**{title}:** It was the pool.\n",
    "bold label, colon outside": "__{title}__: It was the pool.\n",
    "bold label alone": "**{title}**\n\nIt was the pool.\n",
    "list label": "- {title}: It was the pool.\n",
    "bold list label": "1. **{title}**: It was the pool.\n",
    "table row": "| {title} | It was the pool. |\n|---|---|\n| x | y |\n",
    "later table row": "| x | y |\n|---|---|\n| **{title}** | It was the pool. |\n",
    "bare label": "{title}: It was the pool.\n",
    "bare line": "{title}\n\nIt was the pool.\n",
    "HTML heading": "<h2>{title}</h2>\n\nIt was the pool.\n",
    "HTML bold": "<b>{title}</b>\n\nIt was the pool.\n",
    "HTML underlined": "<u>{title}:</u> It was the pool.\n",
    "AsciiDoc": "== {title} ==\n\nIt was the pool.\n",
    "reST": "{title}\n^^^^^^^^^\n\nIt was the pool.\n",
    "front matter": '---\n"{title}": It was the pool.\n---\n\nIt was late.\n',
}

# Long or numbered titles that were seen as headings alone: on a line of text they would be a sentence or a list.
ONLY_HEADINGS = """5.1 Curto Prazo|5. 再発防止（期限/担当）|3. 根因分析|What will we do to prevent this in the future
    How are we making incidents like this less likely or less impactful?|Details of the root cause of the outage
    CVE-2022-36313 - Description of the Vulnerability|:warning: Leadup|:man_raising_hand: Response
    What is being done to prevent future incidents?|Action items completed|Long term changes to Rustup releases
    Action Items (should be achievable in short-medium term. immediately actionable):|A Short, Confusing Timeline
    Timeline (all times PST). All times approximations|How the incident unfolded|Appendix A: Timeline
    2017-09-27 – Timeline|Impact of the root cause|DETAILED DESCRIPTION OF IMPACT|Why did the site go down?
    How many people were involved in the remediation?|What caused the outage and how did we fix it?
    What went wrong and why?|What went wrong and how was it fixed?"""
HEADINGS = ("heading", "heading with an emoji", "HTML heading", "AsciiDoc")

NOT = {
    "root_cause": """What went wrong|What happened|Problem|Details|Investigation|Conclusion|Background|Resolution
        Cause of delay in detection|Impact of the root cause|Why did it take so long to recover?|How it was fixed
        Bugzilla Bug: [bug 1372172](https://bugzilla.mozilla.org/show_bug.cgi?id=1372172)|How to reproduce|Uh oh
        Technical details|Causeway outage|Rooting for coverage|Retrospective: Authentication bug|Action Items""",
    "action_items": """Actions taken|Immediate actions taken|Resolution|Mitigation|Recovery|Immediate fixes|Response
        Ações tomadas|Acciones tomadas|Getroffene Maßnahmen|暂定対応|已采取的措施|What we did|Timeline of fixes
        Recurrence|Backlog check|How many people were involved in the remediation?|Changes we've made""",
    "timeline": "Logs|Logs not shipped to CloudWatch|Time",
    "roster": "Contributing factors|Leadup|Owner|People are asking",
    "thanks": "No thanks|Creditcard outage",
}


def spread(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (kind, title.strip())
        for kind, titles in table.items()
        for line in titles.splitlines()
        for title in line.split("|")
    ]


@pytest.fixture(scope="module")
def names() -> SectionNames:
    return load()


@pytest.mark.parametrize(("kind", "title"), spread(ENGLISH))
def test_english_names(names: SectionNames, kind: str, title: str) -> None:
    assert kind in names.kinds(title)


@pytest.mark.parametrize(("kind", "title"), [pair for language in OTHERS for pair in spread(OTHERS[language])])
def test_names_of_other_languages(names: SectionNames, kind: str, title: str) -> None:
    assert kind in names.kinds(title)


def carried(names: SectionNames, carrier: str, title: str) -> set[str]:
    """The kinds of the sections of a small document with a title in a carrier."""
    text = "Checkout was down on 2 March.\n\n" + CARRIERS[carrier].replace("{title}", title)
    document = parse(Source("a.md", text if carrier != "front matter" else text.partition("\n\n")[2]), names)
    return {kind for section in document.sections for kind in section.kinds}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_name_in_every_carrier(names: SectionNames, carrier: str) -> None:
    every = [pair for table in (ENGLISH, *OTHERS.values()) for pair in spread(table)]
    if carrier not in HEADINGS:
        headings = {title for _, title in spread({"": ONLY_HEADINGS})}
        every = [pair for pair in every if pair[1] not in headings]
    missed = [title for kind, title in every if kind not in carried(names, carrier, title)]
    assert missed == []


@pytest.mark.parametrize(("kind", "title"), spread(NOT))
def test_what_a_title_is_not(names: SectionNames, kind: str, title: str) -> None:
    assert kind not in names.kinds(title)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Impact and root cause", ("impact", "root_cause")),
        ("Root cause & action items", ("root_cause", "action_items")),
        ("Timeline / Recovery Efforts", ("timeline", "resolution")),
        ("Resolution and recovery", ("resolution",)),
        ("Action items & Prevention", ("action_items",)),
        ("Detection & Response", ("detection", "resolution")),
        ("Detection and action items", ("detection", "action_items")),
        ("Impact of the root cause", ("impact",)),
        ("Timeline of fixes", ("timeline",)),
        ("Detection timeline", ("timeline",)),
        ("Summary of the root cause", ("root_cause",)),
        ("Cause of delay in detection", ("detection",)),
        ("Corrective actions taken", ("resolution",)),
        ("Stop / Start / Continue", ("action_items",)),
        ("What went well & where did we get lucky", ("went_well", "lucky", "lessons")),
        ("Investigation", ("investigation", "detection")),
        ("Impact: root cause unknown", ("impact",)),
        ("Appendix A: Timeline", ("timeline",)),
        ("Scope and limitations of this report", ()),
        ("Causes and fixes", ("root_cause", "resolution")),
        ("Postgres connection surge", ()),
        ("", ()),
        ("🔥", ()),
    ],
)
def test_all_kinds_in_order(names: SectionNames, title: str, kinds: tuple[str, ...]) -> None:
    assert names.kinds(title) == kinds


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Root cause", True),
        ("Impact and root cause:", True),
        ("**Incident timeline**", True),
        ("Effective customer remediation", False),
        ("We looked for the root cause", False),
        ("Quick mitigation once identified", False),
        ("", False),
    ],
)
def test_labels_are_little_else_than_names(names: SectionNames, title: str, label: bool) -> None:
    assert names.is_label(title) is label


def test_every_listed_name_is_of_its_kind(names: SectionNames) -> None:
    wrong = [
        (kind, name, names.kinds(name))
        for kind in KINDS
        for spoken in names.listed[kind].values()
        for name in spoken
        if "..." not in name and names.kinds(name)[:1] != (kind,)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Root Cause", "root cause"),
        ("3. Root Cause", "root cause"),
        ("1.2 Root Cause", "root cause"),
        ("3) Root Cause", "root cause"),
        ("IV. Root Cause", "root cause"),
        ("(2) Root Cause", "root cause"),
        ("Step 3: Root Cause", "root cause"),
        ("一、根本原因", "根本原因"),
        ("3根本原因", "根本原因"),
        ("1️⃣ Root Cause", "root cause"),
        ("5 Whys", "5 whys"),
        ("5 porqués", "5 porques"),
        ("🌱 Blameless root cause", "blameless root cause"),
        ("👩🏽‍🚒 Recovery", "recovery"),
        ("⚠️ Leadup", "leadup"),
        (":woman_gesturing_ok: Recovery", "recovery"),
        ("Timeline 10:31:07", "timeline 10:31:07"),
        ("**Root _Cause_** ~~old~~ `x`", "root cause old x"),
        ("root_cause", "root cause"),
        ("Root Cause:", "root cause"),
        ("根本原因：", "根本原因"),
        ("Root Cause? #", "root cause"),
        ("Root Cause -", "root cause"),
        ("Timeline (all times (PST))", "timeline"),
        ("再発防止（期限/担当）", "再発防止"),
        ("(Root cause)", "root cause"),
        ("Root Cause {#cause .wide}", "root cause"),
        ("[Root Cause](#root-cause)", "root cause"),
        ("![icon](a.png) Root Cause", "root cause"),
        ('<a name="x"></a>Root&nbsp;Cause', "root cause"),
        ("Detection &amp; Response", "detection & response"),
        ("Ações corretivas", "acoes corretivas"),
        ("Maßnahmen", "massnahmen"),
        ("がんばったこと", "がんばったこと"),
        ("Root Cause(s)", "root cause"),
        ("Trigger/s", "trigger"),
        ("Ursache(n)", "ursache"),
        ("What’s  next", "what's next"),
        ("Short‑term fixes", "short-term fixes"),
        ("Root\nCause\n", "root cause"),
        ("ＲＣＡ", "rca"),
        ("", ""),
    ],
)
def test_normalise(title: str, plain: str) -> None:
    assert normalise(title) == plain


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", "Summary|Timeline|Root Cause|Action Items"),
        ("en", ""),
        ("en", "Foo|Bar"),
        ("en", "Impact|Description|Conclusion|Version"),
        ("en", "Summary|Data|Timeline"),
        ("de", "Zusammenfassung|Timeline|Impact|Root Cause|Lessons Learned|Maßnahmen"),
        ("fr", "Résumé|Timeline|Impact|Root Cause"),
        ("es", "Resumen|Impacto|Causa raíz"),
        ("pt", "Resumo|Impacto|Causa raiz|Ações"),
        ("ja", "概要|影響|根本原因|タイムライン"),
        ("ja", "影響（Impact）|原因（Root Cause）|うまくいったこと"),
        ("zh", "概述|影响|根本原因"),
        *((language, "|".join(title for _, title in spread(OTHERS[language]))) for language in OTHERS),
    ],
)
def test_language(names: SectionNames, language: str, titles: str) -> None:
    assert names.language(titles.split("|")) == language


@pytest.mark.parametrize(
    ("column", "headers"),
    [
        ("owner", "Owner|Owner(s)|**Assignee**|DRI|Responsible|Lead|Verantwortlich|Zuständig|Besitzer|Responsable"),
        ("owner", "Responsável|Dono|Dueño|担当|担当者|オーナー|负责人|责任人"),
        ("due", "Due|Due date|ETA|Fällig|Frist|Échéance|Prazo|期限|截止日期|完成时间"),
        ("ticket", "Ticket|Jira|Issue|Bug|PR|チケット"),
        ("state", "Status|State|Done?|Stand|État"),
        ("priority", "Priority|Prio|優先度"),
        ("kind", "Type|Category"),
        ("action", "Action|Action Item|Task|Description|Maßnahme|Acción|Ação|措施"),
        ("time", "Time|Time (UTC)|Time UTC|Date and Time in CET|Date|When|Heure|Hora|Uhrzeit|時刻|时间"),
        ("event", "Event|Événement|Ereignis|Evento|イベント|事件"),
        ("who", "Who|Actor|操作人"),
        (None, "Latency|Node|Time to detect|"),
    ],
)
def test_column(names: SectionNames, column: str | None, headers: str) -> None:
    assert {header: names.column(header) for header in headers.split("|")} == dict.fromkeys(headers.split("|"), column)


def test_synonyms(names: SectionNames) -> None:
    assert names.synonyms("root_cause", limit=2) == ("Root cause", "Root causes")
    assert names.synonyms("root_cause", "de", 1) == ("Ursache",)
    assert names.synonyms("root_cause", "nl", 1) == ("Root cause",)
    assert all("..." not in name for kind in KINDS for name in names.synonyms(kind))


def test_names_of_a_house(names: SectionNames) -> None:
    house = names.with_extra({"root_cause": ["Cœur du sujet"], "action_items": ["Resolution"]})
    assert house.kinds("2. Cœur du sujet (brouillon)") == ("root_cause",)
    assert house.kinds("Le cœur du sujet du jour") == ("root_cause",)
    assert house.kinds("Resolution") == ("action_items",)
    assert names.kinds("Cœur du sujet") == ()
    assert names.kinds("Resolution") == ("resolution",)


@pytest.mark.parametrize("extra", [{"cause": ["Why"]}, {"root_cause": ["…"]}])
def test_names_of_a_house_that_are_wrong(names: SectionNames, extra: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"cause|words"):
        names.with_extra(extra)


def test_data_survives_json(names: SectionNames) -> None:
    again = SectionNames.from_data(json.loads(json.dumps(names.to_data())))
    assert again == names
    assert again.kinds("Root cause and mitigation") == ("root_cause", "resolution")


WHOLE_FILE = "\n".join(
    [
        "kinds:",
        *(f"  {kind}: {{en: {{whole: [{kind}]}}}}" for kind in KINDS),
        "columns:",
        *(f"  {column}: {{en: [{column}]}}" for column in COLUMNS),
    ]
)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("  lucky:", "  luck:", 'names.yml:15: unknown key "luck" in kinds; did you mean "lucky"?'),
        ("  lucky: {en: {whole: [lucky]}}\n", "", 'names.yml:2: missing key "lucky" in kinds'),
        ("  lucky:", "  impact:", 'names.yml:15: key "impact" is repeated'),
        ("{en: {whole: [lucky]}}", "{xx: {whole: [lucky]}}", 'names.yml:15: unknown key "xx" in lucky'),
        ("{en: {whole: [lucky]}}", "{en: {all: [lucky]}}", 'names.yml:15: unknown key "all" in lucky.en'),
        ("{en: {whole: [lucky]}}", "{en: {whole: lucky}}", "names.yml:15: lucky.en.whole should be a list"),
        ("{en: {whole: [lucky]}}", "{en: {whole: [true]}}", "names.yml:15: lucky.en.whole should be a list"),
        ("{en: {whole: [lucky]}}", "{en: [lucky]}", "names.yml:15: lucky.en should be a mapping"),
        ("[lucky]", "[impact]", 'names.yml:15: lucky.en.whole: "impact" is a name of impact already'),
        ("[lucky]", "[lucky, The Lucky]", 'names.yml:15: lucky.en.whole: "The Lucky" is there twice'),
        ("[lucky]", "['?']", 'names.yml:15: lucky.en.whole: "?" has no words'),
        ("lucky: {", "lucky: {counts_as: [luck], ", "names.yml:15: lucky.counts_as should be a list of kinds"),
        ("lucky: {", "lucky: {yields: 1, ", "names.yml:15: lucky.yields should be true or false"),
        ("[owner]", "[due]", 'names.yml:31: columns.due: "due" is a name of owner already'),
        ("columns:", "fields:", 'unknown key "fields" in the file'),
        ("kinds:", "kinds: [", "names.yml:"),
    ],
)
def test_a_file_of_names_is_read_strictly(tmp_path: Path, old: str, new: str, error: str) -> None:
    file = tmp_path / "names.yml"
    file.write_text(WHOLE_FILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"names\.yml:\d+") as caught:
        load(file)
    assert error in str(caught.value)


def test_the_least_file_of_names(tmp_path: Path) -> None:
    file = tmp_path / "names.yml"
    file.write_text(WHOLE_FILE, encoding="utf-8")
    assert load(file).kinds("Root cause of X") == ()
    assert load(file).kinds("Lucky") == ("lucky",)


def test_every_language_has_the_kinds_that_matter(names: SectionNames) -> None:
    for kind in ("root_cause", "action_items", "timeline", "impact", "detection", "summary", "lessons", "roster"):
        assert set(names.listed[kind]) == set(LANGUAGES)
