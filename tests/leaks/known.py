"""What the confidential records of these tests know, disguises of it, and harmless minutes."""

from scrutiny.leaks.blind import keys_known
from scrutiny.leaks.guard import seen
from scrutiny.leaks.rules import Finding, Hit, findings_of
from scrutiny.leaks.spots import Spot

STORY = """I live at 12a Quillfeather Road, SW2 5RT. My son Jordan Xyloquist was searched by
PC 4417LX. You can also reach my neighbour Mrs Oyelaran on 020 7946 0958."""
TOLD = [
    ("name", "Amina Khadija Yusuf"),
    ("name", "Elizabeth Adeyemi-Walsh"),
    ("name", "Seán O'Neill"),
    ("name", "Mark Hill"),
    ("phone", "07700 900461"),
    ("email", "amina.yusuf@example.org"),
    ("collar", "1234MD"),
    ("text", STORY),
]
KNOWN = frozenset(keys_known(TOLD))


def findings(text: str, known: frozenset[str] = KNOWN) -> list[Finding]:
    found = seen(text)
    hits = [Hit(key, Spot(*found[key]), key) for key in known & found.keys()]
    return findings_of("page", hits, frozenset())


def blocked(text: str, known: frozenset[str] = KNOWN) -> set[str]:
    """The kinds that block."""
    return {one.kind for one in findings(text, known) if one.blocks}


DISGUISES = [
    ("in full", "name", "We heard from Amina Yusuf today."),
    ("small letters", "name", "we heard from amina yusuf today"),
    ("capitals", "name", "AMINA YUSUF SPOKE."),
    ("middle name", "name", "Amina Khadija Yusuf spoke."),
    ("another middle name", "name", "Amina Leila Noor Yusuf spoke."),
    ("middle initial", "name", "Amina K. Yusuf spoke."),
    ("name order", "name", "Yusuf, Amina (resident)"),
    ("initial", "name", "A. Yusuf spoke."),
    ("initial without a dot", "name", "Evidence of A Yusuf"),
    ("two initials", "name", "A.K. Yusuf spoke."),
    ("initials run together", "name", "AK Yusuf spoke."),
    ("initial last", "name", "Yusuf A. spoke."),
    ("possessive", "name", "Amina Yusuf's complaint"),
    ("curly possessive", "name", "Amina Yusuf’s complaint"),
    ("apostrophe left out", "name", "Amina Yusufs complaint"),
    ("run together", "name", "AminaYusuf"),
    ("run together in small letters", "name", "see aminayusuf"),
    ("within a slug", "name", "/minutes/2026-03-statement-of-amina-yusuf"),
    ("within one long word", "name", "statementofaminayusuf.pdf"),
    ("file name", "name", "statement_amina_yusuf_v2.docx"),
    ("spaced letters", "name", "A m i n a  Y u s u f"),
    ("dotted letters", "name", "a.m.i.n.a.y.u.s.u.f"),
    ("spaces elsewhere", "name", "Ami na Yus uf"),
    ("line break with a hyphen", "name", "Ami-\nna Yusuf"),
    ("soft hyphen", "name", "Ami\u00adna Yu\u00adsuf"),
    ("zero width", "name", "Am\u200bi\u200dna Yu\ufeffsuf"),
    ("combining marks", "name", "A\u0301mi\u0308na Y\u0331usuf"),
    ("accents", "name", "Ámïnà Yūsüf"),
    ("Cyrillic", "name", "\u0410m\u0456n\u0430 Yus\u03c5f"),
    ("Greek", "name", "\u0391m\u03b9na \u03a5usuf"),
    ("full width", "name", "\uff21\uff4d\uff49\uff4e\uff41 \uff39\uff55\uff53\uff55\uff46"),
    ("mathematical letters", "name", "𝐀𝐦𝐢𝐧𝐚 𝒀𝒖𝒔𝒖𝒇"),
    ("circled letters", "name", "Ⓐⓜⓘⓝⓐ Ⓨⓤⓢⓤⓕ"),
    ("small capitals", "name", "ᴀᴍɪɴᴀ ʏᴜsᴜғ"),
    ("entities", "name", "Am&#105;na&nbsp;Yu&#x73;uf"),
    ("double entities", "name", "Am&amp;#105;na Yusuf"),
    ("tags within", "name", "Am<b>ina</b> Yu<span class='x'>suf</span>"),
    ("table cells", "name", "<td>Yusuf</td><td>Amina</td>"),
    ("Markdown", "name", "**Am**ina _Yusuf_"),
    ("percent signs", "name", "/a?q=Amina%20Yusuf"),
    ("escapes", "name", "Am\\u0069na Yusuf"),
    ("figures for letters", "name", "4m1na Yu5uf"),
    ("signs for letters", "name", "@min@ Yu$uf"),
    ("capital I for l", "name", "Elizabeth WaIsh"),
    ("turned round by a control character", "name", "\u202efusuY animA\u202c"),
    ("double letters", "name", "Ameena? no: Aminna Yussuf"),
    ("nickname", "name", "Liz Adeyemi-Walsh spoke"),
    ("other spelling", "name", "Amina Yousef spoke"),
    ("hyphen left out", "name", "Elizabeth Adeyemi Walsh"),
    ("half of the surname", "name", "Elizabeth Walsh"),
    ("hyphen run together", "name", "Beth AdeyemiWalsh"),
    ("Irish name", "name", "Sean ONeill"),
    ("Irish name apart", "name", "Sean O Neill"),
    ("named in a story", "name", "Jordan Xyloquist"),
    ("common words", "name", "Mark Hill told us"),
    ("footnote mark", "name", "Amina¹ Yusuf"),
    ("phone", "phone", "07700900461"),
    ("phone with dashes", "phone", "0770-0900-461"),
    ("phone abroad", "phone", "+44 7700 900461"),
    ("phone with 0044", "phone", "0044 (0) 7700 900 461"),
    ("phone with (0)", "phone", "+44(0)7700.900.461"),
    ("phone in words", "phone", "oh seven seven double oh nine double oh four six one"),
    ("phone half in words", "phone", "07700 nine zero zero 461"),
    ("phone with letters", "phone", "O77OO 9OO46l"),
    ("phone figure by figure", "phone", "0 7 7 0 0 9 0 0 4 6 1"),
    ("phone in other figures", "phone", "٠٧٧٠٠٩٠٠٤٦١"),
    ("phone in a circle", "phone", "⓪⑦⑦⓪⓪⑨⓪⓪④⑥①"),
    ("phone with its nought lost", "phone", "7700900461"),
    ("phone glued", "phone", "tel07700900461x"),
    ("phone told in a story", "phone", "(020) 7946-0958"),
    ("email", "email", "AMINA.YUSUF@EXAMPLE.ORG"),
    ("email in brackets", "email", "amina.yusuf [at] example [dot] org"),
    ("email in words", "email", "amina dot yusuf at example dot org"),
    ("email with spaces", "email", "amina . yusuf @ example . org"),
    ("email with a tag", "email", "amina.yusuf+panel@example.org"),
    ("email as entity", "email", "amina.yusuf&#64;example&period;org"),
    ("email with full width sign", "email", "amina.yusuf＠example．org"),
    ("postcode", "address", "SW2 5RT"),
    ("postcode without space", "address", "sw25rt"),
    ("postcode with l and O", "address", "SW2-5RT"),
    ("house and street", "address", "12a Quillfeather Road"),
    ("street shortened", "address", "12A, Quillfeather Rd."),
    ("number in words", "address", "Twelve Quillfeather Road"),
    ("street first", "address", "Quillfeather Road, number 12"),
    ("collar number", "collar", "1234MD"),
    ("collar number apart", "collar", "PC 1234 MD"),
    ("collar number without letters", "collar", "shoulder number 1234"),
    ("collar number in words", "collar", "officer four four one seven"),
    ("collar letters first", "collar", "LX4417"),
]

MINUTES = """
The meeting opened at 7.00 pm on 14 March 2026 and closed at 21:15.
Present: Amara Okafor (chair), Bilal Hussain, Chidi Eze and Grace Mensah.
Apologies were received from Hana Suleiman and Sol Adebayo.
The panel had a quorum of 5 of its 9 members throughout.
LAM-R-2026-07 was agreed by 6 votes to 1, with 2 abstentions.
The force answered LAM-R-2025-12 on 3 February 2026, 12 days late.
The published file has the SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.
The panel can be reached on 020 7926 1000 or at hello@lambeth.test.
In an emergency call 999; otherwise call 101.
Searches on Quillfeather Road rose in May and fell in June.
The panel thanked residents of Acre Lane and Brixton Hill for coming.
Case 12 was drawn by lot from 1,204 records of January 2026.
The find rate was 23.4 % in 2025 and 24.1 % in 2026.
A hill of paperwork was handed over, and the chair will mark it for June.
Please mark the hill on the map before the walk.
Members may rise and hope for a long summer.
The next meeting is on Thursday 11 June 2026 at 19:00 in the Town Hall, Brixton SW2 1RW.
Action 14: the liaison to report by 30 April 2026. Owner: police liaison.
The panel watched body-worn video of cases 3, 7 and 11.
Grade B was given by 4 members and grade C by 2.
Item 5.2 was taken before item 5.1.
Minutes of 10 December 2025 were approved as a true record.
The chair reminded members of the code of conduct, version 3.1.
Section 60 was authorised from 18:00 on 2 May to 06:00 on 3 May.
Section 23 of the Misuse of Drugs Act 1971 was used in 61 of 90 searches.
Officers of 3 teams wore cameras in 88 of 90 searches.
A member asked why the wait was longer in SW2 than in SW9.
The budget for travel is £1,200.50, of which £340 was spent.
The draw used the seed 5f2b8e0a9c1d4e6f7a8b9c0d1e2f3a4b.
See https://panel.test/lambeth/recommendations/7/published/answer for the answer.
Draft 2 replaced draft 1 at 20:40.
The panel noted the letter of 5 January and the reply of 19 January.
Proposed by the vice chair, seconded by a member, carried.
Community concerns: 14 in the quarter, most about searches of young people.
The young people of the borough would like officers to explain themselves.
The room holds 40 people; 17 came and 6 joined online.
No member declared an interest in items 4 to 9.
The force will publish its data on the first Monday of each month.
The list of open actions (ref. A-2026-031) was carried over.
Terms of reference, edition 4, come into force on 1 July 2026.
It was agreed to meet at 12 noon, or at 1 pm if the hall is free.
The panel asks the force to record the reason for each search in full.
One resident said that the walsh report, as she called it, was never published.
The secretariat counted 3 + 4 + 5 = 12 papers.
""".strip().splitlines()
