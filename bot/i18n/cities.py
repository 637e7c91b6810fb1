"""In which country a city is that somebody names.

Capitals, and other cities after which time zones are called, have their names from CLDR, in every
language. Beside them stand larger cities (100,000 people and more) of countries in which newcomers
live and from which they come: chosen and written by hand, as people there and newcomers write them.
A name that two countries have tells nothing.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from cards.folding import keys

CITIES: Mapping[str, str] = {
    "AF": (
        "Herat|هرات|Kandahar|قندهار|کندهار|Mazar-i-Sharif|Mazar-e Sharif|مزار شریف|Jalalabad|"
        "جلال آباد|Kunduz|کندز|قندوز"
    ),
    "AT": "Wien|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Villach|Wels|غراتس|لينز|سالزبورغ",
    "BE": (
        "Antwerpen|Antwerp|Anvers|Gent|Ghent|Gand|Charleroi|Liège|Lüttich|Brugge|Bruges|"
        "Namur|Leuven|Louvain|Bruxelles|Brussel|أنتويرب|لييج|غنت"
    ),
    "BG": "Plovdiv|Varna|Burgas",
    "CH": (
        "Genève|Genf|Geneva|Basel|Bâle|Bern|Berne|Lausanne|Winterthur|Luzern|St. Gallen|"
        "Lugano|جنيف|بازل|برن|لوزان"
    ),
    "CM": "Yaoundé|Bafoussam|Bamenda|Garoua|Maroua",
    "CI": "Yamoussoukro|Bouaké",
    "CY": "Limassol|Larnaka|Larnaca",
    "CZ": "Praha|Brno|Ostrava|Plzeň",
    "DE": (
        "Köln|Koln|Cologne|Colonia|Hamburg|Hambourg|München|Munich|Frankfurt|"
        "Frankfurt am Main|Stuttgart|Düsseldorf|Leipzig|Dortmund|Essen|Bremen|Dresden|"
        "Hannover|Hanover|Nürnberg|Nuremberg|Duisburg|Bochum|Wuppertal|Bielefeld|Bonn|"
        "Münster|Mannheim|Karlsruhe|Augsburg|Wiesbaden|Mönchengladbach|Gelsenkirchen|Aachen|"
        "Braunschweig|Chemnitz|Kiel|Magdeburg|Freiburg|Krefeld|Mainz|Lübeck|Erfurt|"
        "Oberhausen|Rostock|Kassel|Hagen|Potsdam|Saarbrücken|Ludwigshafen|Leverkusen|"
        "Oldenburg|Osnabrück|Heidelberg|Darmstadt|Regensburg|Würzburg|Göttingen|Heilbronn|"
        "Ulm|Offenbach|Trier|كولونيا|كولن|هامبورغ|ميونخ|ميونيخ|فرانكفورت|شتوتغارت|دوسلدورف|"
        "لايبزيغ|دورتموند|إيسن|بريمن|دريسدن|هانوفر|نورنبرغ|بون|مونستر|Кельн|Гамбург|Мюнхен|"
        "Франкфурт|Штутгарт|Дюссельдорф|Лейпциг|Дрезден|هامبورگ|مونیخ|کلن"
    ),
    "DK": "Aarhus|Odense|Aalborg|København",
    "DZ": "Oran|Constantine|Annaba|Blida|Sétif|وهران|قسنطينة|عنابة|Alger",
    "EG": "Alexandria|Alexandrie|الإسكندرية|Giza|الجيزة|Port Said|بورسعيد|Suez|السويس",
    "ER": "Keren|Massawa|ከረን|ባጽዕ|كرن|مصوع",
    "ES": (
        "Barcelona|Barcelone|Sevilla|Seville|Séville|Zaragoza|Saragossa|Málaga|Murcia|Palma|"
        "Bilbao|Alicante|Valladolid|Vigo|Gijón|Granada|Vitoria|A Coruña|La Coruña|Elche|"
        "Oviedo|Badalona|Terrassa|Sabadell|Pamplona|Almería|San Sebastián|Donostia|Burgos|"
        "Santander|Salamanca|Albacete|Logroño|Badajoz|Huelva|Lleida|Tarragona|Girona|برشلونة|"
        "إشبيلية|غرناطة|مالقة|بلباو|سرقسطة|Барселона|Севілья|Малага"
    ),
    "FI": "Tampere|Turku|Espoo|Oulu",
    "FR": (
        "Marseille|Lyon|Toulouse|Nice|Nantes|Montpellier|Strasbourg|Straßburg|Estrasburgo|"
        "Bordeaux|Lille|Rennes|Reims|Toulon|Saint-Étienne|Le Havre|Grenoble|Dijon|Angers|"
        "Villeurbanne|Nîmes|Aix-en-Provence|Brest|Le Mans|Amiens|Tours|Limoges|"
        "Clermont-Ferrand|Besançon|Metz|Orléans|Rouen|Mulhouse|Caen|Nancy|Perpignan|"
        "Saint-Denis|Argenteuil|Montreuil|Roubaix|Tourcoing|Avignon|Poitiers|Marselha|Lião|"
        "Marsella|مرسيليا|ليون|تولوز|نيس|نانت|مونبلييه|ستراسبورغ|بوردو|ليل|رين|غرونوبل|"
        "Марсель|Ліон|Тулуза|Ніцца|Страсбург|Бордо|Лілль|Нант|مارسی|استراسبورگ"
    ),
    "GB": (
        "Manchester|Birmingham|Liverpool|Leeds|Glasgow|Edinburgh|Sheffield|Bristol|Cardiff|"
        "Belfast|Newcastle|Nottingham|Leicester|Coventry|Bradford|مانشستر|برمنغهام|ليفربول|"
        "غلاسكو|Londres"
    ),
    "GN": "Nzérékoré|Kankan",
    "GR": (
        "Thessaloniki|Thessalonique|Patras|Patra|Heraklion|Iraklio|Larissa|Piraeus|سالونيك|"
        "Салоніки|Athen|Athènes|Atenas"
    ),
    "HU": "Debrecen|Szeged|Pécs",
    "IE": "Cork|Limerick|Galway",
    "IQ": (
        "Basra|البصرة|Mosul|الموصل|Erbil|Arbil|أربيل|اربيل|Kirkuk|كركوك|Najaf|النجف|Karbala|"
        "كربلاء|Sulaymaniyah|السليمانية|Duhok|دهوك|Ramadi|الرمادي"
    ),
    "IR": (
        "Mashhad|مشهد|Isfahan|Esfahan|اصفهان|Shiraz|شیراز|Tabriz|تبریز|Karaj|کرج|Ahvaz|اهواز|"
        "Qom|قم|Kermanshah|کرمانشاه"
    ),
    "IT": (
        "Milano|Milan|Mailand|Napoli|Naples|Neapel|Nápoles|Torino|Turin|Palermo|Genova|Genua|"
        "Gênes|Bologna|Bologne|Firenze|Florence|Florenz|Bari|Catania|Venezia|Venise|Venedig|"
        "Venice|Verona|Messina|Padova|Padua|Trieste|Brescia|Parma|Modena|Roma|ميلانو|نابولي|"
        "تورينو|باليرمو|بولونيا|فلورنسا|البندقية|Мілан|Неаполь|Турин|Болонья"
    ),
    "JO": "Zarqa|الزرقاء|Irbid|إربد",
    "LB": "Sidon|Saïda|صيدا|طرابلس الشام|Zahlé|زحلة",
    "LU": "Esch-sur-Alzette",
    "MA": (
        "Rabat|الرباط|Fès|Fes|Fez|فاس|Marrakech|Marrakesh|مراكش|Tanger|Tangier|طنجة|Agadir|"
        "أكادير|Meknès|مكناس|Oujda|وجدة"
    ),
    "ML": "Sikasso|Kayes|Ségou",
    "NG": "Kano|Ibadan|Abuja|Port Harcourt|Benin City|Kaduna",
    "NL": (
        "Rotterdam|Den Haag|The Hague|La Haye|Utrecht|Eindhoven|Groningen|Tilburg|Almere|"
        "Breda|Nijmegen|روتردام|لاهاي|أوتريخت|Роттердам"
    ),
    "NO": "Bergen|Trondheim|Stavanger",
    "PK": (
        "Lahore|لاهور|Islamabad|اسلام آباد|Peshawar|پشاور|پېښور|پیښور|Quetta|کوئٹه|کوټه|"
        "Rawalpindi|راولپنډی|Faisalabad|Multan"
    ),
    "PL": (
        "Kraków|Krakow|Cracovie|Łódź|Wrocław|Breslau|Poznań|Gdańsk|Szczecin|Lublin|Katowice|"
        "Краків|Вроцлав|Познань|Гданськ|Люблін|Лодзь|كراكوف"
    ),
    "PS": "Gaza|غزة|Hebron|الخليل|Nablus|نابلس|Ramallah|رام الله",
    "PT": (
        "Porto|Oporto|Braga|Coimbra|Amadora|Setúbal|Almada|Vila Nova de Gaia|Sintra|Cascais|"
        "Funchal|Guimarães|Leiria|Faro|Évora|Aveiro|Viseu|بورتو|براغا|كويمبرا|Порту|Lisboa|"
        "Lissabon"
    ),
    "RO": "Cluj|Cluj-Napoca|Timișoara|Iași|Constanța|Brașov",
    "SD": "Omdurman|أم درمان|Port Sudan|بورتسودان|Nyala|نيالا|Kassala|كسلا",
    "SE": "Göteborg|Gothenburg|Malmö|Uppsala|Västerås|Örebro|مالمو|غوتنبرغ|Гетеборг|Мальме",
    "SN": "Thiès|Touba|Kaolack|Ziguinchor",
    "SO": (
        "Hargeysa|Hargeisa|هرجيسا|Bosaso|Boosaaso|Kismaayo|Kismayo|Baydhabo|Gaalkacyo|Garowe|"
        "Muqdisho|Xamar"
    ),
    "SY": (
        "Aleppo|Alep|حلب|Homs|حمص|Hama|حماة|Latakia|Lattaquié|اللاذقية|Idlib|إدلب|ادلب|Raqqa|"
        "الرقة|Deir ez-Zor|دير الزور|Daraa|درعا|Tartus|طرطوس|Qamishli|القامشلي|Hasaka|الحسكة|"
        "Afrin|عفرين|Kobani|كوباني|Halep|Şam|الشام"
    ),
    "TN": "Sfax|صفاقس|Sousse|سوسة|Kairouan|القيروان|Bizerte|بنزرت",
    "TR": (
        "Ankara|أنقرة|انقرة|Izmir|İzmir|إزمير|Bursa|بورصة|Adana|أضنة|Gaziantep|غازي عنتاب|"
        "عنتاب|Konya|قونية|Antalya|أنطاليا|Kayseri|قيصري|Mersin|مرسين|Diyarbakır|ديار بكر|"
        "Hatay|Antakya|أنطاكيا|Şanlıurfa|Urfa|أورفا|Samsun|Denizli|Malatya|Kahramanmaraş|Van|"
        "Batman|Mardin|Kilis|كلس|Trabzon|Eskişehir|Анкара|Ізмір|Анталья"
    ),
    "UA": (
        "Харків|Kharkiv|Kharkov|Харьков|Одеса|Odesa|Odessa|Одесса|Дніпро|Dnipro|Днепр|Львів|"
        "Lviv|Lwiw|Львов|Запоріжжя|Zaporizhzhia|Запорожье|Кривий Ріг|Kryvyi Rih|Миколаїв|"
        "Mykolaiv|Николаев|Вінниця|Vinnytsia|Херсон|Kherson|Полтава|Poltava|Чернігів|"
        "Chernihiv|Черкаси|Cherkasy|Суми|Sumy|Житомир|Zhytomyr|Рівне|Rivne|Івано-Франківськ|"
        "Ivano-Frankivsk|Тернопіль|Ternopil|Луцьк|Lutsk|Чернівці|Chernivtsi|Донецьк|Donetsk|"
        "Донецк|Луганськ|Luhansk|Маріуполь|Mariupol|Мариуполь|Київ|Kyiv|Kiev|Киев|خاركيف|"
        "أوديسا|لفيف"
    ),
}
AS_TYPED = 3
"""The level of `cards.folding` on which accents are left out, and `ö` is also `oe`."""


def country_of(city: str, reader: str) -> str:
    """The code (ISO 3166) of the country of a city, in the reader's language, as people there write
    it, or in English; empty where there is none, or more than one."""
    typed = keys(city)[AS_TYPED]
    known, capitals = _known(), _of_zones(reader)
    found = {table[key] for table in (known, capitals) for key in typed if key in table}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    named = [(name, code) for code, names in CITIES.items() for name in names.split("|")]
    return _table((*named, *_zones("en")))


@lru_cache(maxsize=16)
def _of_zones(reader: str) -> Mapping[str, str]:
    return _table(_zones(reader))


def _zones(reader: str) -> Iterator[tuple[str, str]]:
    """The city of each time zone, as the reader calls it."""
    cities = Locale.parse(reader, sep="-").time_zones
    for zone, code in get_global("zone_territories").items():
        named = cities.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if len(code) == 2 and "/" in zone and not zone.startswith("Etc/"):
            yield named, code


def _table(named: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Folded name -> code; a name of two countries is left out."""
    found: dict[str, set[str]] = {}
    for name, code in named:
        for key in keys(name)[AS_TYPED]:
            found.setdefault(key, set()).add(code)
    return {key: codes.pop() for key, codes in found.items() if len(codes) == 1}
