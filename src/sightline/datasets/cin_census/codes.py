"""The code lists of the children in need census: codes as facts, meanings in our own words."""

from __future__ import annotations

from types import MappingProxyType

from sightline.vocabulary.xml_file import CodeList

SOURCE = "Department for Education, children in need census code sets, 2023-24 to 2026-27"
SUPPLIER_LIST = f"{SOURCE}; as read by the sector's own tools in 2024, later years may add codes"


def _list(name: str, source: str = SOURCE, /, **codes: str) -> CodeList:
    """Keyword names cannot begin with a digit, so an underscore before a code is dropped."""
    return CodeList(name, MappingProxyType({code.lstrip("_"): meaning for code, meaning in codes.items()}), source)


GENDER = _list("Gender", _0="not known", _1="male", _2="female", _9="not specified")
SEX = _list("Sex", M="male", F="female", U="not known, or not yet born")
UPN_UNKNOWN = _list(
    "UPN unknown",
    SUPPLIER_LIST,
    UN1="not yet of school age, and no number given",
    UN2="never at a maintained school in England",
    UN3="educated outside England",
    UN4="newly in need, number not yet asked for",
    UN5="sources give different numbers",
    UN6="unaccompanied child seeking asylum",
    UN7="referral with no further action",
)
ETHNICITY = _list(
    "Ethnicity",
    WBRI="White British",
    WIRI="White Irish",
    WIRT="Traveller of Irish heritage",
    WOTH="any other White background",
    WROM="Gypsy or Roma",
    MWBC="White and Black Caribbean",
    MWBA="White and Black African",
    MWAS="White and Asian",
    MOTH="any other mixed background",
    AIND="Indian",
    APKN="Pakistani",
    ABAN="Bangladeshi",
    AOTH="any other Asian background",
    BCRB="Black Caribbean",
    BAFR="Black African",
    BOTH="any other Black background",
    CHNE="Chinese",
    OOTH="any other ethnic group",
    REFU="refused",
    NOBT="not yet obtained",
)
DISABILITY = _list(
    "Disability",
    NONE="none",
    MOB="mobility",
    HAND="hand function",
    PC="personal care",
    INC="incontinence",
    COMM="communication",
    LD="learning",
    HEAR="hearing",
    VIS="vision",
    BEH="behaviour",
    CON="consciousness",
    AUT="autism or Asperger syndrome",
    DDA="other disability in law",
)
REFERRAL_SOURCE = _list(
    "Source of referral",
    _1A="family member, relative or carer",
    _1B="acquaintance",
    _1C="the child",
    _1D="other individual",
    _2A="school",
    _2B="education service",
    _3A="general practitioner",
    _3B="health visitor",
    _3C="school nurse",
    _3D="other primary health service",
    _3E="accident and emergency department",
    _3F="other health service",
    _4="housing",
    _5A="social care of the council",
    _5B="another service of the council",
    _5C="another council",
    _5D="early help",
    _6="police",
    _7="other legal agency",
    _8="other",
    _9="anonymous",
    _10="not known",
)
PRIMARY_NEED = _list(
    "Primary need",
    N1="abuse or neglect",
    N2="the child's disability or illness",
    N3="a parent's disability or illness",
    N4="family in acute stress",
    N5="family dysfunction",
    N6="socially unacceptable behaviour",
    N7="low income",
    N8="absent parenting",
    N9="cases other than children in need",
    N0="not stated",
)
CLOSURE = _list(
    "Reason for closure",
    RC1="adopted",
    RC2="died",
    RC3="child arrangements order",
    RC4="special guardianship order",
    RC5="moved to another council",
    RC6="moved to adult social care",
    RC7="other, and no longer in need",
    RC8="closed after assessment, no further action",
    RC9="closed after assessment, to early help",
)
ABUSE = _list(
    "Category of abuse", NEG="neglect", PHY="physical", SAB="sexual", EMO="emotional", MUL="more than one category"
)
ASSESSMENT_FACTORS = _list(
    "Factors identified at the end of assessment",
    _1A="alcohol: the child",
    _1B="alcohol: a parent or carer",
    _1C="alcohol: another person in the home",
    _2A="drugs: the child",
    _2B="drugs: a parent or carer",
    _2C="drugs: another person in the home",
    _3A="domestic abuse: the child",
    _3B="domestic abuse: a parent or carer",
    _3C="domestic abuse: another person in the home",
    _4A="mental health: the child",
    _4B="mental health: a parent or carer",
    _4C="mental health: another person in the home",
    _5A="learning disability: the child",
    _5B="learning disability: a parent or carer",
    _5C="learning disability: another person in the home",
    _6A="physical disability or illness: the child",
    _6B="physical disability or illness: a parent or carer",
    _6C="physical disability or illness: another person in the home",
    _7A="young carer",
    _8B="private fostering: from overseas, to stay",
    _8C="private fostering: from overseas, to return",
    _8D="private fostering: from the United Kingdom, through circumstances",
    _8E="private fostering: from the United Kingdom, at school or on exchange",
    _8F="private fostering: other",
    _9A="unaccompanied child seeking asylum",
    _10A="going missing",
    _11A="child sexual exploitation",
    _12A="trafficking",
    _13A="gangs",
    _14A="socially unacceptable behaviour",
    _15A="self-harm",
    _16A="neglect",
    _17A="emotional abuse",
    # 18A and 19A were split in two, and the census queries their use (rules 8945Q and 8950Q) but takes them.
    _18A="physical abuse, code no longer to be used",
    _18B="physical abuse by another child",
    _18C="physical abuse by an adult",
    _19A="sexual abuse, code no longer to be used",
    _19B="sexual abuse by another child",
    _19C="sexual abuse by an adult",
    _20="other",
    _21="none",
    _22A="female genital mutilation",
    _23A="abuse linked to faith or belief",
    _24A="criminal exploitation",
)
