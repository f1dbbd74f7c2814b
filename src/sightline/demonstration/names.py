"""Invented people's names, in the ways that families of many communities form them. Nobody real is meant."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Community:
    """`share` of families in a thousand; `language` is empty where it is English.

    `naming`: "family" (all share a surname), "father's" (children take the father's given name as their last name),
    "religious" (women and men carry their own second name), "two" (father's and mother's surnames), "one" (one name).
    """

    ethnicity: str
    share: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    surnames: tuple[str, ...]
    language: str = ""
    naming: str = "family"


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(","))


BRITISH_SURNAMES = (
    "Ashdown,Attlee,Barrow,Beckwith,Birtles,Boothby,Bramley,Brindle,Cartwright,Catterall,Chilvers,Clegg,Cotterill,"
    "Crabtree,Dewhurst,Dobson,Dunmore,Eccles,Fairclough,Fenwick,Garside,Gaskin,Goodyear,Greenhalgh,Hallam,Hargreaves,"
    "Haworth,Heseltine,Hindle,Holroyd,Horrocks,Ibbotson,Jessop,Kershaw,Kitching,Lomax,Lumb,Makepeace,Mellor,Midgley,"
    "Nuttall,Oldroyd,Ormerod,Peach,Pickles,Pomfret,Rushworth,Rigby,Sagar,Sidebottom,Stansfield,Sugden,Tattersall,"
    "Thackray,Tordoff,Uttley,Varley,Wadsworth,Whitaker,Winstanley,Woolley,Yardley"
)
COMMUNITIES: tuple[Community, ...] = (
    Community(
        "WBRI",
        560,
        _split(
            "Ava,Lily,Evie,Poppy,Ellie,Maisie,Ruby,Freya,Daisy,Erin,Lexi,Summer,Tilly,Scarlett,Bonnie,Harper,Orla,Faith,"
            "Ivy,Nancy,Jess,Kayleigh,Shannon,Demi-Leigh,Lacey-Mae,Amelia,Phoebe,Imogen,Robyn,Elsie"
        ),
        _split(
            "Alfie,Archie,Jayden,Tyler,Riley,Kian,Logan,Reece,Callum,Finley,Theo,Jude,Stanley,Toby,Mason,Harley,Rhys,"
            "Ethan,Corey,Jenson,Albie,Ronnie,Teddy,Lewis,Bradley,Kai,Dexter,Ellis,Frankie,Zac"
        ),
        _split(BRITISH_SURNAMES),
    ),
    Community(
        "APKN",
        95,
        _split("Aisha,Zainab,Maryam,Hafsa,Iqra,Noor,Fatima,Alina,Amna,Sana,Hira,Mahnoor"),
        _split("Ibrahim,Yusuf,Hamza,Zayn,Bilal,Hassan,Rayyan,Adeel,Musa,Umar,Faisal,Danyal"),
        _split("Mirza,Chaudhry,Qureshi,Butt,Raja,Bhatti,Siddiqui,Akhtar,Malik,Janjua,Dar,Gondal"),
        "Urdu",
    ),
    Community(
        "AIND",
        55,
        _split("Simran,Jasleen,Harleen,Anaya,Diya,Kiran,Manpreet,Avneet,Riya,Gurleen"),
        _split("Arjan,Jovan,Harjit,Karan,Gurdev,Amrit,Rohan,Veer,Manveer,Taran"),
        _split("Gill,Sandhu,Dhaliwal,Bains,Sohal,Atwal,Uppal,Johal,Rai,Bhogal"),
        "Punjabi",
        "religious",
    ),
    Community(
        "ABAN",
        35,
        _split("Tasnim,Sumaya,Nusrat,Anika,Rumana,Jannat,Tahmina,Safiya"),
        _split("Rahim,Tanvir,Shahid,Imran,Nabil,Rafi,Sakib,Zubair"),
        _split("Miah,Uddin,Chowdhury,Talukdar,Alom,Rahman,Ullah,Islam"),
        "Bengali",
    ),
    Community(
        "BCRB",
        40,
        _split("Keisha,Naomi,Shanelle,Amara,Jada,Tianna,Ebony,Zuri"),
        _split("Kymani,Jermaine,Tyrell,Malachi,Andre,Rio,Marlon,Isaiah"),
        _split("Francis,Pinnock,Bogle,Dacres,Gayle,Lindo,Mullings,Whyte,Rowe,Swaby"),
    ),
    Community(
        "BAFR",
        35,
        _split("Hodan,Ayaan,Sagal,Ifrah,Hibo,Deqa,Nasra,Ubah"),
        _split("Liban,Abdi,Guled,Mahad,Warsame,Bashir,Zakariya,Ayanle"),
        _split("Nur,Warsame,Jama,Farah,Hirsi,Abdullahi,Ismail,Duale"),
        "Somali",
        "father's",
    ),
    Community(
        "BAFR",
        30,
        _split("Ngozi,Adaeze,Temi,Funmi,Ife,Chisom,Abena,Esi"),
        _split("Chidi,Tobi,Emeka,Kunle,Ayo,Kwame,Kofi,Obinna"),
        _split("Okafor,Adeyemi,Balogun,Eze,Mensah,Boateng,Nwosu,Adebayo"),
    ),
    Community(
        "WOTH",
        45,
        _split("Zuzanna,Oliwia,Maja,Hanna,Lena,Kinga,Milena,Wiktoria"),
        _split("Kacper,Jakub,Filip,Oskar,Szymon,Mikołaj,Bartosz,Adrian"),
        _split("Wójcik,Zieliński,Dąbrowski,Mazur,Pawlak,Sikora,Górski,Czajka"),
        "Polish",
    ),
    Community(
        "WOTH",
        30,
        _split("Ioana,Andreea,Elena,Bianca,Daria,Sorina,Alexia,Mirela"),
        _split("Andrei,Matei,Luca,Florin,Ionuț,Răzvan,Vlad,Cosmin"),
        _split("Munteanu,Dumitru,Stoica,Lungu,Ciobanu,Rusu,Ștefan,Marin"),
        "Romanian",
    ),
    Community(
        "WIRT",
        12,
        _split("Kathleen,Bridget,Shaneen,Chantelle,Margaret,Nora-Kate"),
        _split("Paddy,Johnboy,Miley,Martin,Jim-Jo,Dennis"),
        _split("O'Driscoll,McGinley,Quilligan,Stokes,Cash,Mongan"),
    ),
    Community(
        "MWBC",
        35,
        _split("Tia,Mya,Alesha,Jayda,Leoni,Kiera,Chanel,Renée"),
        _split("Tyrone,Kade,Jaden,Leon,Marcus,Kyrie,Roman,Dante"),
        _split("Barrow-Gayle,Lomax,Pinnock,Clegg,Rowe,Hallam,Dacres,Varley"),
    ),
    Community(
        "OOTH",
        14,
        _split("Shilan,Rojin,Dilan,Berivan,Zara,Hana"),
        _split("Aram,Rebin,Karwan,Diyar,Hiwa,Soran"),
        _split("Barzani-Lak,Hawrami,Zangana,Kermanj,Salar,Dizayi"),
        "Kurdish",
    ),
    Community(
        "WOTH",
        8,
        _split("Lucía,Inés,Paula,Carla"),
        _split("Mateo,Hugo,Álvaro,Iker"),
        _split("Garrido,Peñalver,Ibarra,Quintero,Salcedo"),
        "Spanish",
        "two",
    ),
    Community("AOTH", 6, _split("Parwana,Shabnam,Gulalai"), _split("Esmat,Najib,Zmarai"), (), "Dari", "one"),
)

_WEIGHTS = [community.share for community in COMMUNITIES]


def a_community(chance: Random) -> Community:
    return chance.choices(COMMUNITIES, _WEIGHTS)[0]


def a_given_name(community: Community, sex: str, chance: Random, taken: set[str] | None = None) -> str:
    """A given name that nobody in `taken` has, where there is one left."""
    names = community.girls if sex == "F" else community.boys
    free = [name for name in names if not taken or name not in taken]
    return chance.choice(free or names)


def a_family_name(
    community: Community, sex: str, surname: str, chance: Random, father: str = "", mother_surname: str = ""
) -> str:
    """How this person's last name follows from the family's, by the community's way of naming."""
    if community.naming == "one":
        return ""
    if community.naming == "father's":
        return father or chance.choice(community.surnames)
    if community.naming == "religious" and chance.random() < 0.5:
        return "Kaur" if sex == "F" else "Singh"
    if community.naming == "two":
        return f"{surname} {mother_surname or chance.choice(community.surnames)}"
    return surname
