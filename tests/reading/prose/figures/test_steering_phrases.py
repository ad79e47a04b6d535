"""Small words that steer the reading may be several: "ou seja", "as well as", "social network"."""

import pytest
from tests.reading.prose.documents import make_document

from analysis import extract

RESTATED = [  # the share said again, more exactly, is the one that counts
    ("ar", "حذف يوتيوب 9000 مقطع. رصدت أنظمته 90% بعبارة أخرى 91.2% من المقاطع المحذوفة."),
    ("de", "Die Systeme von YouTube erkannten 90 Prozent, das heißt 91,2 Prozent der Videos."),
    ("en", "Systems of YouTube detected 90%, that is, 91.2% of the removed videos."),
    ("es", "Los sistemas de YouTube detectaron el 90%, es decir, el 91,2% de los vídeos."),
    ("fa", "سامانه‌های یوتیوب ۹۰ درصد، به عبارت دیگر ۹۱٫۲ درصد ویدیوهای حذف‌شده را شناسایی کردند."),
    ("fr", "Les systèmes de YouTube ont détecté 90 %, c'est-à-dire 91,2 % des vidéos supprimées."),
    ("id", "Sistem YouTube mendeteksi 90%, dengan kata lain 91,2% dari video yang dihapus."),
    (
        "it",
        "I sistemi di YouTube hanno individuato il 90%, vale a dire il 91,2% dei video rimossi.",
    ),
    ("pt", "Os sistemas do YouTube detectaram 90%, ou seja, 91,2% dos vídeos removidos."),
    ("ru", "Системы YouTube обнаружили 90%, то есть 91,2% удаленных видео."),
    ("tr", "YouTube videoların yüzde 90'ını, daha doğrusu yüzde 91,2'sini otomatik tespit etti."),
]
UNKNOWN = [  # a service that no vocabulary knows
    ("ar", "حذفت شبكة التواصل الاجتماعي Quill نحو 300 حساب."),
    ("en", "The social medium Quill removed 300 accounts."),
    ("es", "La red social Quill eliminó 300 cuentas."),
    ("fa", "شبکه اجتماعی Quill تعداد ۳۰۰ حساب را حذف کرد."),
    ("fr", "Le réseau social Quill a supprimé 300 comptes."),
    ("id", "Jejaring sosial Quill menghapus 300 akun."),
    ("it", "Il social network Quill ha rimosso 300 account."),
    ("pt", "Foram removidas pela rede social Quill 300 contas."),
    ("ru", "Социальная сеть Quill удалила 300 аккаунтов."),
    ("tr", "Sosyal ağ Quill 300 hesabı kapattı."),
]
NAMELESS = [  # no name is made of what a text calls a service by
    ("de", "Das soziale Netzwerk Facebook löschte 300 Konten."),
    ("es", "La red social Facebook eliminó 300 cuentas."),
    ("fr", "Selon le site d'information Numerama, Facebook a supprimé 300 comptes."),
    ("ru", "Социальная сеть Facebook удалила 300 аккаунтов."),
]
TOGETHER = [
    ("ar", "حذف فيسبوك بالإضافة إلى إنستغرام 300 حساب."),
    ("de", "Facebook ebenso wie Instagram löschten 300 Konten."),
    ("en", "Facebook as well as Instagram removed 300 accounts."),
    ("es", "Facebook así como Instagram eliminaron 300 cuentas."),
    ("fa", "فیسبوک به همراه اینستاگرام ۳۰۰ حساب را حذف کرد."),
    ("fr", "Facebook ainsi que Instagram ont supprimé 300 comptes."),
    ("id", "Facebook bersama dengan Instagram menghapus 300 akun."),
    ("it", "Facebook così come Instagram hanno rimosso 300 account."),
    ("pt", "Facebook bem como Instagram removeram 300 contas."),
    ("ru", "В Facebook, а также в Instagram удалено 300 аккаунтов."),
    ("tr", "Facebook ile birlikte Instagram 300 hesabı kapattı."),
]
LISTED = [  # the hedge holds for all that is listed
    ("ar", "حذف فيسبوك أكثر من 300 حساب بالإضافة إلى 20 صفحة."),
    ("de", "Facebook löschte über 300 Konten, ebenso wie 20 Seiten."),
    ("en", "Facebook removed over 300 accounts as well as 20 pages."),
    ("es", "Facebook eliminó más de 300 cuentas, así como 20 páginas."),
    ("fa", "فیسبوک بیش از ۳۰۰ حساب به همراه ۲۰ صفحه را حذف کرد."),
    ("fr", "Facebook a supprimé plus de 300 comptes ainsi que 20 pages."),
    ("id", "Facebook menghapus lebih dari 300 akun, dan juga 20 halaman."),
    ("it", "Facebook ha rimosso oltre 300 account, così come 20 pagine."),
    ("pt", "O Facebook removeu mais de 300 contas, bem como 20 páginas."),
    ("ru", "Facebook удалил более 300 аккаунтов, а также 20 страниц."),
    ("tr", "Facebook 300'den fazla hesap ile birlikte 20 sayfayı kapattı."),
]
WHOLES = [  # of which only a part was closed
    ("ar", "حذف تليغرام عدد كبير من 2300 قناة."),
    ("de", "Telegram löschte die meisten der 2.300 Kanäle."),
    ("en", "Telegram removed a handful of the 2,300 channels."),
    ("fa", "تلگرام بخش بزرگی از ۲۳۰۰ کانال را مسدود کرد."),
    ("fr", "Telegram a supprimé quelques-uns des 2 300 canaux."),
    ("id", "Telegram memblokir sebagian besar dari 2.300 kanal."),
]
SUPPOSED = [
    ("ar", "في حال حذف فيسبوك 300 حساب فسيعلن ذلك."),
    ("en", "In case Facebook removes 300 accounts, it will say so."),
    ("es", "En caso de que Facebook elimine 300 cuentas, lo dirá."),
    ("fa", "در صورتی که فیسبوک ۳۰۰ حساب را حذف کند اعلام خواهد کرد."),
    ("fr", "Au cas où 300 comptes seraient supprimés par Facebook, le réseau le dirait."),
    ("id", "Dalam hal Facebook menghapus 300 akun, perusahaan akan mengumumkannya."),
    ("it", "Nel caso in cui 300 account fossero rimossi da Facebook, la rete lo direbbe."),
    ("pt", "No caso de o Facebook remover 300 contas, a rede dirá."),
    ("ru", "При условии удаления Facebook 300 аккаунтов закон вступит в силу."),
]
ALONE = [  # the text goes on about the half-year
    ("de", "Im ersten Halbjahr 2023 löschte TikTok 900 Videos, davon 300 im Juni allein. {}"),
    (
        "en",
        "In the first half of 2023 TikTok removed 900 videos, 300 of them in June by itself. {}",
    ),
    ("es", "En el primer semestre de 2023 TikTok eliminó 900 vídeos, 300 en junio por sí solo. {}"),
    (
        "fr",
        "Au premier semestre 2023, TikTok a supprimé 900 vidéos, dont 300 en juin à lui seul. {}",
    ),
    ("it", "Nel primo semestre 2023 TikTok ha rimosso 900 video, di cui 300 a giugno da solo. {}"),
    ("pt", "No primeiro semestre de 2023 o TikTok removeu 900 vídeos, 300 em junho por si só. {}"),
]
SAID_AGAIN = "given more exactly right behind"
NEXT = {
    "de": "TikTok stellte 20 Videos wieder her.",
    "en": "TikTok restored 20 videos.",
    "es": "TikTok restauró 20 vídeos.",
    "fr": "TikTok a rétabli 20 vidéos.",
    "it": "TikTok ha ripristinato 20 video.",
    "pt": "O TikTok restaurou 20 vídeos.",
}


def extracted(language, text):
    return extract(make_document(text, "2023-11-09", language))


def read(language, text):
    return extracted(language, text).observations


def refusals(language, text):
    return extracted(language, text).refusals


@pytest.mark.parametrize(("language", "text"), RESTATED)
def test_a_share_said_again_counts_once(language, text):
    assert [r.reason for r in refusals(language, text) if r.amount.value == 90] == [SAID_AGAIN]


@pytest.mark.parametrize(("language", "text"), UNKNOWN)
def test_a_noun_of_two_words_introduces_a_service(language, text):
    assert [(o.platform, o.value) for o in read(language, text)] == [("quill", 300)]


@pytest.mark.parametrize(("language", "text"), NAMELESS)
def test_no_name_is_made_beside_a_known_service(language, text):
    assert [(o.platform, o.value) for o in read(language, text)] == [("facebook", 300)]


@pytest.mark.parametrize(("language", "text"), TOGETHER)
def test_services_are_joined_by_a_phrase(language, text):
    found = [(o.platform, o.value) for o in read(language, text)]
    assert found == [("facebook+instagram", 300)]


@pytest.mark.parametrize(("language", "text"), LISTED)
def test_a_list_goes_on_behind_a_phrase(language, text):
    found = [(o.value, o.bound) for o in read(language, text)]
    assert found == [(300, "over"), (20, "over")]


@pytest.mark.parametrize(("language", "text"), WHOLES)
def test_a_whole_of_which_a_part_was_closed_is_no_figure(language, text):
    assert read(language, text) == ()


@pytest.mark.parametrize(("language", "text"), SUPPOSED)
def test_what_is_supposed_is_no_figure(language, text):
    assert read(language, text) == ()


@pytest.mark.parametrize(("language", "text"), ALONE)
def test_a_part_alone_leaves_the_period(language, text):
    last = read(language, text.format(NEXT[language]))[-1]
    assert (last.value, str(last.period_start), str(last.period_end)) == (
        20,
        "2023-01-01",
        "2023-06-30",
    )


def test_these_are_named_by_two_words():
    text = "Facebook 300 hesabı kapattı. Söz konusu 300 hesap: casusluk içindi."
    assert [r.reason for r in refusals("tr", text)] == ["named before"]
