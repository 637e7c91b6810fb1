"""Certificates to test with: what a programme could say, in three languages."""

from dataclasses import replace
from datetime import date, timedelta

from certificates import Competence, Facts, Kind, ModuleLine, Signatory

SIGNATORIES = (
    Signatory("Djilali Kabeche", "AMSED", "France"),
    Signatory("Etienne Devos", "Familles du Monde asbl", "Belgique"),
    Signatory("Nuno Marques", "Factor Social", "Portugal"),
    Signatory("Figen Seyhan", "Anatolia Youth Association", "Türkiye"),
)
LINK = "https://learn.example.org/verify/" + "kQ7x" * 56

ENGLISH = Facts(
    kind=Kind.MODULE,
    language="en",
    name="Amina Diallo",
    title="The computer and its features",
    issued=date(2026, 3, 9),
    project="MigranTech",
    reference="2020-1-FR01-KA204-080342",
    platform="migrantech.org",
    hours=3,
    first_day=date(2026, 3, 3),
    last_day=date(2026, 3, 9),
    active=timedelta(hours=2, minutes=34, seconds=20),
    organisations=("AMSED",),
    signatories=SIGNATORIES,
    category="Digital skills",
    description="A first meeting with the computer: what its parts are called, how to start and "
    "stop it safely, how to keep files so that they are found again, and how to stay safe online.",
    decks=("Meet the computer", "Start and stop", "Files and folders", "Staying safe"),
    objectives=(
        "Name the parts of a computer",
        "Keep files in folders",
        "Choose a strong password",
    ),
    outcomes=(
        "Start and stop a computer safely",
        "Save a file and find it again",
        "Know a false message from a real one",
    ),
    competences=(
        Competence(
            "Digital literacy in the job search", "use communication and collaboration software"
        ),
        Competence("Information management", "manage digital data"),
        Competence("Ability to learn"),
    ),
    trainers=("Diane Duthuin", "Tiago Marques"),
    verify_url=LINK,
    tests_passed=True,
    eqf_level=2,
    annex_url="https://learn.example.org/annex/en.pdf",
)

FRENCH = replace(
    ENGLISH,
    language="fr",
    name="Zoë Nguyễn-Lefèvre",
    title="L’ordinateur et ses fonctions",
    category="Compétences numériques",
    description="Une première rencontre avec l’ordinateur : comment s’appellent ses parties, "
    "comment l’allumer et l’éteindre sans risque, comment ranger ses fichiers pour les "
    "retrouver, et comment rester en sécurité en ligne.",
    decks=(
        "Découvrir l’ordinateur",
        "Allumer et éteindre",
        "Fichiers et dossiers",
        "Rester en sécurité",
    ),
    objectives=(
        "Nommer les parties d’un ordinateur",
        "Ranger ses fichiers",
        "Choisir un bon mot de passe",
    ),
    outcomes=(
        "Allumer et éteindre un ordinateur sans risque",
        "Enregistrer un fichier et le retrouver",
        "Reconnaître un faux message",
    ),
    competences=(
        Competence(
            "Culture numérique pour la recherche d’emploi",
            "utiliser des logiciels de communication",
        ),
        Competence("Gestion de l’information", "gérer des données numériques"),
        Competence("Capacité d’apprendre"),
    ),
)

ARABIC = replace(
    ENGLISH,
    language="ar",
    name="عبد الرحمن محمّد الأحمدي",
    title="الحاسوب ومزاياه",
    category="المهارات الرقمية",
    description="لقاء أول مع الحاسوب: أسماء أجزائه، وكيف تشغّله وتطفئه بأمان، وكيف تحفظ ملفاتك "
    "لتجدها من جديد، وكيف تبقى آمناً على الإنترنت (مثلاً في WhatsApp أو Telegram).",
    decks=("تعرّف على الحاسوب", "التشغيل والإطفاء", "الملفات والمجلدات", "البقاء في أمان"),
    objectives=("تسمية أجزاء الحاسوب", "ترتيب الملفات في مجلدات", "اختيار كلمة سر قوية (12 حرفاً)"),
    outcomes=(
        "تشغيل الحاسوب وإطفاؤه بأمان",
        "حفظ ملف PDF والعثور عليه",
        "التمييز بين رسالة مزيفة وأخرى حقيقية",
    ),
    competences=(
        Competence("المهارات الرقمية في البحث عن عمل", "استخدام برامج التواصل"),
        Competence("إدارة المعلومات", "manage digital data"),
        Competence("القدرة على التعلّم"),
    ),
    signatories=tuple(
        replace(signatory, country=country)
        for signatory, country in zip(
            SIGNATORIES, ("فرنسا", "بلجيكا", "البرتغال", "تركيا"), strict=True
        )
    ),
)

TITLES = """
The computer and its features · Use of the cell phone · Looking for a job on the Internet ·
E-reputation · How to create and keep a schedule · Teleworking/working from home · Teamwork 1 ·
Teamwork 2 · Attention to detail · Competence awareness · Critical thinking · Logical thinking ·
Self-confidence · Self-knowledge · Failure management · Adaptation process 1 · Adaptation process
2 · Adaptation process 3 · Adaptation process 4 · Adaptation process 5 · Trauma · Mindfulness at
work · Managing expectations in the personal life · How to search for job opportunities · How to
write a CV · Preparation for a job interview · How to do a pitch · Managing expectations in the
job search · Market knowledge · Sectors in tension · Disability and job search · How to create
your own business · Integration into the company · Respecting social codes · Learning about the
employee's and employer's rights and duties · Intercultural communication · Importance of
mastering the local language · Learning Turkish · Physical health at work · Access to rights
"""
MODULES = tuple(" ".join(title.split()) for title in TITLES.split("·"))
ARABIC_TITLES = """
الحاسوب ومزاياه · استخدام الهاتف المحمول · البحث عن عمل على الإنترنت · السمعة الرقمية · كيف تضع
جدولاً زمنياً وتلتزم به · العمل عن بُعد من المنزل · العمل الجماعي 1 · العمل الجماعي 2 · الانتباه
إلى التفاصيل · الوعي بالكفايات · التفكير النقدي · التفكير المنطقي · الثقة بالنفس · معرفة الذات ·
التعامل مع الفشل · مسار التكيّف 1 · مسار التكيّف 2 · مسار التكيّف 3 · مسار التكيّف 4 · مسار
التكيّف 5 · الصدمة النفسية · اليقظة الذهنية في العمل · إدارة التوقعات في الحياة الشخصية · كيف تبحث
عن فرص العمل · كيف تكتب سيرتك الذاتية · الاستعداد لمقابلة العمل · كيف تقدّم نفسك بإيجاز · إدارة
التوقعات في البحث عن عمل · معرفة سوق العمل · القطاعات التي ينقصها عاملون · الإعاقة والبحث عن عمل ·
كيف تنشئ مشروعك الخاص · الاندماج في الشركة · احترام القواعد الاجتماعية · حقوق العامل وصاحب العمل
وواجباتهما · التواصل بين الثقافات · أهمية إتقان اللغة المحلية · تعلّم اللغة التركية · الصحة
الجسدية في العمل · الوصول إلى الحقوق
"""
ARABIC_MODULES = tuple(" ".join(title.split()) for title in ARABIC_TITLES.split("·"))


def category(facts: Facts = ENGLISH) -> Facts:
    """Type 2 of a module's language: the six digital modules."""
    about = {"ar": "ما الذي تتعلمه هنا، خطوة خطوة، مع مثال من الحياة اليومية في العمل."}.get(
        facts.language,
        "What it is for, step by step, with an example from daily life and one thing to try at "
        "work.",
    )
    titles = (ARABIC_MODULES if facts.language == "ar" else MODULES)[:6]
    return replace(
        facts,
        kind=Kind.CATEGORY,
        title=facts.category,
        category="",
        description="",
        decks=(),
        hours=18,
        active=timedelta(hours=14, minutes=2),
        organisations=("AMSED", "Factor Social"),
        modules=tuple(
            ModuleLine(
                title,
                3,
                date(2026, 3, 3 + place),
                ("AMSED", "Factor Social")[title == MODULES[4]],
                about,
            )
            for place, title in enumerate(titles)
        ),
    )


def programme(count: int = 40, facts: Facts = ENGLISH) -> Facts:
    """Type 3 with so many modules."""
    titles = ARABIC_MODULES if facts.language == "ar" else MODULES
    organisations = tuple(signatory.organisation for signatory in SIGNATORIES)
    return replace(
        facts,
        kind=Kind.PROGRAMME,
        title="MigranTech",
        category="",
        description="",
        decks=(),
        hours=3 * count,
        active=timedelta(hours=2 * count, minutes=17),
        organisations=organisations,
        modules=tuple(
            ModuleLine(
                titles[place % len(titles)],
                3,
                date(2026, 1 + place % 12, 1 + place % 28),
                organisations[place % 4],
            )
            for place in range(count)
        ),
        trainers=(
            "Diane Duthuin",
            "Tiago Marques",
            "Nayeli Devos",
            "Baudouin Devos",
            "Leticia Reyes",
            "Itzel Devos",
        ),
    )
