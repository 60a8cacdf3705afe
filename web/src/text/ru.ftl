# Слова интерфейса. Нейтральны по форме: что сказано, кем и насколько достоверно.

screen-situation = Обстановка
screen-incident = Инцидент
screen-agreement = Соглашение
screen-process = Процесс
screen-report = Отчёт
screen-record = Реестр
screen-sign-in = Вход
screen-setup = Создать первого администратора
rooms = Экраны
skip = К содержанию
loading = Загрузка …
refused = Это не удалось показать.
try-again = Повторить
no-such-page = Такой страницы нет
as-of = По состоянию на
language = Язык
dark = Тёмная
share = Копировать ссылку
share-why = Ссылка хранит фильтр, положение карты и контрольную точку журнала
copied = Скопировано
close = Закрыть
clear = Очистить
remove = Убрать
download = Скачать
grown = Реестр пополнился.
show-new = Показать
seen-before = Ссылка сделана при контрольной точке
see-changes = Что изменилось с тех пор
see-now = Смотреть на сейчас
sign-in = Войти
sign-out = Выйти
sign-in-why = Читать можно без учётной записи. Вход открывает то, что доступно вашей роли.
setup-why = В ссылке одноразовый ключ. Выберите имя и пароль; пароля по умолчанию нет.
name = Имя
password = Пароль
role-public = Публика
role-analyst = Аналитик
role-reviewer = Рецензент
role-guarantor = Гарант
role-administrator = Администратор

keys = Клавиши
key-next = следующий, предыдущий инцидент в списке
key-open = открыть выбранный инцидент
key-claim = следующие, предыдущие слова на странице
key-incident = предыдущий, следующий инцидент
key-brush = сдвинуть границу периода, когда она в фокусе
key-zoom = приблизить, отдалить карту, когда она в фокусе
key-close = снять выбор
key-help = эти клавиши

filters = Фильтры
search = Поиск слов
period = Период
last-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
whole = Всё
from = С
to = По
days-of-place = Календарные дни на месте событий
act = Действие
zone = Зона
verdict = Вывод
status = Достоверность
term = Пункт
agreement = Соглашение
no-background = Без предыстории
more-filters = Ещё
nothing-to-choose = Выбирать не из чего
compare = Сравнить периоды
what = Что
change = Изменение
before-record = Предыдущий период начинается раньше реестра: часть его никогда не читалась.
when-unknown = день неизвестен
when-until = { $day } или раньше
when-from = { $day } или позже
when-between = между { $from } и { $to }
count-at-least = не менее { $low }
count-between = { $low }–{ $high }
metres = { $n } м
kilometres = { $n } км

map = Карта
map-words = Карта инцидентов, всего { $n }. Список рядом содержит их все.
area = Только часть карты
map-missing = Карту здесь нарисовать нельзя. В списке есть всё, что она показала бы.
list = Инциденты
incidents = Инциденты
incidents-count = { $n ->
    [one] { $n } инцидент
    [few] { $n } инцидента
    [many] { $n } инцидентов
   *[other] { $n } инцидента
}
more-than-shown = В списке { $shown } из { $total }.
show-more = Показать ещё
none-found = По этим фильтрам инцидентов нет. Посмотрите на охват, прежде чем считать это затишьем.
unplaced = { $n ->
    [one] { $n } инцидент без места на карте
    [few] { $n } инцидента без места на карте
    [many] { $n } инцидентов без места на карте
   *[other] { $n } инцидента без места на карте
}
not-on-map = Известна только страна или место неизвестно
within = в пределах { $distance }
weight = страниц { $pages }, первоисточников { $origins }, независимых { $independent }
incident-title = { $act }, { $place }, { $when }
place-unknown = место неизвестно
place-between = между { $place }
zoom-in = Ближе
zoom-out = Дальше
zoom-all = Показать всё
legend = Условные знаки
legend-shape = Что
legend-colour = Достоверность
legend-filling = На чём основано
legend-region = где это могло быть
legend-cluster = столько вместе, кольцо по степени уверенности
legend-zone = зона с полосой
shape-air = с воздуха
shape-fire = обстрел
shape-blast = взрыв
shape-clash = бой
shape-people = гражданские
shape-ground = силы, территория
shape-aid = помощь, наблюдатели
shape-other = прочее
strength-0 = нет независимого источника
strength-1 = один
strength-2 = два и более
timeline = Дни
timeline-words = Инцидентов { $n } с { $from } по { $to }, по дням, над полосой каждой зоны, где показано, кто мог её видеть
incidents-by-day = Инцидентов в день, макс. { $most }
outside-zones = Вне зон
coverage = Охват
earlier = { $n } ранее { $day }
undated = { $n } без первого дня
play = Пуск
pause = Пауза
pace = Скорость
step-back = На день назад
step-on = На день вперёд
zone-days = Дни зон
sight-incidents = сообщено об инцидентах
sight-nothing-told = под наблюдением, сообщений нет
sight-hindered = наблюдателям мешали
sight-unwatched = никого из зоны не слышно
sight-blind = об этом дне нет страниц

known = Что известно
element = Элемент
told = Что сказано
how-surely = Достоверность
element-occurrence = Было ли это
element-place = Где
element-time = Когда
element-means = Чем
element-toll = Потери
element-author = Кем
not-told = не сказано
author-unknown = Ни в одном сообщении не сказано, кто это сделал
says = по словам: { $who }
targets = Против
candidates = Возможно
background = Предыстория
series = Серия действий
words = Слова
words-n = Слова { $n }
words-of = { $n ->
    [one] Слова
   *[other] Слова, отрывков: { $n }
}
no-words = Здесь вам не открыты никакие слова.
claim-of = { $at } из { $n }
next-claim = Следующие слова
previous-claim = Предыдущие слова
next-incident = Следующий инцидент
previous-incident = Предыдущий инцидент
denied = отрицается
bytes = байты { $from }–{ $to }
page-as-captured = Страница, как она сохранена: { $name }
origins = Первоисточники
pages = Страницы
origins-sum = Страниц { $pages } → первоисточников { $origins } → независимых от сторон { $independent }
why-origins = Почему именно эти первоисточники
accounts = Сообщения рядом
accounts-differ = сообщения расходятся
by = Кто
figure = Число
preferred = Предпочтено:
contradiction = Противоречие
findings = Заключения
no-findings = Не оценён ни по одному пункту.
machine-proposes = Вывод машины — предложение: проверяет только человек, согласие дают только подписи.
term-text = Пункт
agreement-not-here = Текста соглашения под рукой нет.
missing = Факты, которые решили бы дело
if-yes = если да:
if-no = если нет:
tests = Проверки
inputs = { $n ->
    [one] { $n } факт
    [few] { $n } факта
    [many] { $n } фактов
   *[other] { $n } факта
}
why-one = Почему эти сообщения — об одном инциденте

version = Редакция
ends = действует до
source = Источник
terms = Пункты
covers = Охватывает
zones = Зоны
unsettled = Не решено текстом:
exemptions = Исключения
parties = Стороны
party = Сторона
part = Роль
bound = Связана
on-day = На
approximate = нанесена приблизительно
partial = нанесена частично
band = не решено в пределах
no-zones = На { $day } границы зон не нанесены.
no-agreement = Соглашений под рукой нет.
deadlines = Сроки
due = Срок
state = Состояние

talks = Переговоры
round = Раунд
round-n = Раунд { $n }
positions = Позиции
positions-why = Последняя позиция каждого; ячейка открывает слова
holder = Чья
reservation = Оговорка:
control = Контроль
holder-unknown = кто удерживает, не сказано
since = с
until = до
denied-n = { $n ->
    [one] отрицает { $n } утверждение
    [few] отрицают { $n } утверждения
    [many] отрицают { $n } утверждений
   *[other] отрицают { $n } утверждения
}
moves = Помощь, возвращения, меры
complaints = Жалобы
complaints-why = Утверждения без инцидента, который можно оценить
speaker-unknown = кто сказал, неизвестно
none-told = Ничего не сообщается.

report-title = Отчёт о прекращении огня
based-on = По страницам, прочитанным на
checkpoint = Контрольная точка
print = Печать
server-report = Полный отчёт
annex = Приложение: все инциденты
by-zone = По зонам
perhaps = возможно
perhaps-why = «Возможно»: никто не может сказать, в зоне ли это. Такой инцидент может стоять в нескольких строках, поэтому строки не складываются.
before = Предыдущий период
everywhere = Везде
toll = Потери
persons = Люди
lowest-highest = Наименьшее–наибольшее
told-of = Инцидентов с числом
toll-why = Суммы наименьших и наибольших сообщений по каждому инциденту. Инциденты без числа ничего не добавляют: сумма не верхняя граница.
coverage-why = Дни каждой зоны за период. День, когда никто не мог видеть, — не спокойный день.
access = Доступ
weapon = Средство
day = День
place = Место
killed = убито
injured = ранено
on-whose-word = С чьих слов

no-changes = С тех пор ничего не изменилось.
kind = Вид
id = Идентификатор
log-entries = { $n ->
    [one] { $n } запись в журнале
    [few] { $n } записи в журнале
    [many] { $n } записей в журнале
   *[other] { $n } записи в журнале
}
signed-note = Подписанная записка
signatures-later = Подписи и особые мнения гарантов появятся здесь, когда журнал будет их нести.
page = Страница
outlet = Издание
size = Байты
proof = Доказательство
proof-why = Доказательство показывает без этого сервера, что страница есть в журнале. Проверьте командой

verdict-violation = нарушение
verdict-not-assessable = не поддаётся оценке
verdict-pending = ожидает
verdict-excluded = исключено
verdict-no-violation = нет нарушения
verdict-not-judged = не оценено
status-verified = проверено
status-corroborated = подтверждается
status-reported = сообщается
status-contested = оспаривается
status-refuted = опровергнуто
status-undetermined = не установлено
precision-exact = точно
precision-town = населённый пункт
precision-near = близ населённого пункта
precision-district = район
precision-province = провинция
precision-country = страна
precision-unresolved = не определено
inside-yes = внутри
inside-no = снаружи
inside-undetermined = внутри или снаружи, сказать нельзя
answer-yes = да
answer-no = нет
answer-undetermined = не установлено
independent-yes = независим
independent-no = не независим
independent-undetermined = не установлено
strength-no-origin = нет первоисточника
strength-allegation = утверждение
strength-one-origin = один первоисточник
strength-two-origins = два первоисточника
strength-ruling = решение
modality-asserted = утверждается
modality-reported = передаётся
modality-claimed = заявляется
modality-hoped = ожидается с надеждой
modality-planned = планируется
modality-conditional = условно
source-page = страница
source-outlet = издание
source-organisation = организация
source-speaker = говорящий
source-unnamed = неназванный источник
attribution-named = назван
attribution-allegation = обвиняется
attribution-claim-of-responsibility = берёт ответственность
attribution-denial = отрицает
metric-killed = Убито
metric-injured = Ранено
metric-casualties = Жертвы
metric-detained = Задержано
metric-missing = Пропало
metric-displaced = Перемещено
metric-persons = Люди
metric-acts = Действия
metric-complaints = Жалобы
metric-goods = Грузы
metric-other = Прочее
about-count = числа
about-time = время
about-place = место
about-role = роли
about-occurrence = было ли это
about-omission = умолчание
about-forecast = прогноз
about-date = дата
about-topic = тема
real-yes = верно не может быть и то и другое
real-no = лишь кажущееся
real-undetermined = возможно, лишь кажущееся
link-same-text = тот же текст
link-same-title = тот же заголовок
link-same-family = тот же издатель
link-same-agency = то же агентство
link-same-speaker = тот же говорящий
link-cites = ссылается
published-visible = дата на странице
published-metadata = дата из метаданных
published-container = дата из контейнера
published-address = дата из адреса
published-inferred = дата выведена
published-none = без даты
class-force = сила
class-air = воздух
class-forces = войска
class-territory = территория
class-civilians = гражданские
class-humanitarian = гуманитарное
class-monitors = наблюдатели
class-process = процесс
class-information = информация
class-speech = высказывания
duty-prohibition = запрет
duty-obligation = обязанность
duty-permission = дозволение
part-party = сторона
part-guarantor = гарант
part-observer = наблюдатель
part-sponsor = спонсор
part-broker = посредник
part-host = хозяин встречи
anchor-signed = подписано
anchor-in-force = вступило в силу
anchor-operative = действует
zone-status-described = описана
zone-status-proposed = предложена
zone-status-agreed = согласована
zone-status-de-facto = фактическая
state-pending = впереди
state-met = выполнено
state-missed = пропущен
state-nobody-knows = никто не знает
form-meeting = Встреча
form-call = Звонок
progress-planned = планируется
progress-attempted = попытка
progress-done = сделано
progress-refused = отказано
stance-support = поддержка
stance-conditional = условно за
stance-reservation = оговорка
stance-reject = против
stance-neutral = нейтрально
without-silent = об этом молчит
without-not-heard = не слышно
proposal-ceasefire = Прекращение огня
proposal-memorandum = Меморандум
proposal-talks = Переговоры
proposal-guarantor-role = Роль гарантов
proposal-no-fly-zone = Бесполётная зона
proposal-de-escalation-zones = Зоны деэскалации
proposal-unnamed-proposal = Неназванное предложение
why-access-denied-or-jammed = доступ закрыт или глушится
why-no-outlet-tells-of-it = об этом не пишет ни одно издание
change-added = добавлено
change-changed = изменено
change-gone = исчезло
kind-incident = инцидент
kind-finding = заключение
kind-claim = утверждение
kind-document = страница
kind-origin = первоисточник

act-small-arms-fire = Огонь из стрелкового оружия
act-shelling = Обстрел
act-mortar = Миномётный обстрел
act-artillery = Артобстрел
act-rocket-fire = Ракетный обстрел
act-tank-fire = Танковый огонь
act-air-strike = Авиаудар
act-uav-strike = Удар беспилотника
act-missile-strike = Удар управляемой ракетой
act-ied = Самодельное взрывное устройство
act-car-bomb = Заминированный автомобиль
act-landmine = Мина
act-grenade = Граната
act-suicide-attack = Атака смертника
act-sniping = Снайперский огонь
act-chemical-attack = Химическая атака
act-explosion = Взрыв
act-attack = Нападение
act-armed-clash = Столкновение
act-killing = Убийство
act-overflight = Пролёт
act-force-movement = Перемещение сил
act-fortification = Укрепление
act-withdrawal = Отвод
act-live-fire-exercise = Учения с боевой стрельбой
act-mine-laying = Минирование
act-weapon-seizure = Изъятие оружия
act-seizure = Захват
act-regain = Возвращение под контроль
act-control-loss = Утрата контроля
act-line-crossing = Пересечение линии
act-siege = Осада
act-displacement = Перемещение людей
act-arrest = Арест
act-abduction = Похищение
act-looting = Грабёж
act-sexual-violence = Сексуальное насилие
act-child-recruitment = Вербовка детей
act-aid-blocked = Помощь не пропущена
act-delivery = Доставка
act-evacuation = Эвакуация
act-return = Возвращение
act-release = Освобождение
act-checkpoint-closure = Закрытие пропускного пункта
act-monitor-access-denied = Наблюдатели не допущены
act-monitor-attacked = Нападение на наблюдателей
act-meeting = Встреча
act-call = Звонок
act-round = Раунд переговоров
act-agreement-signed = Подписание соглашения
act-ceasefire-declared = Объявление о прекращении огня
act-suspension = Приостановка
act-resumption = Возобновление
act-walk-out = Уход с переговоров
act-extension = Продление
act-mandate = Мандат
act-sanction = Санкция
act-measure = Мера
act-protest = Протест
act-statement = Заявление
act-support = Поддержка
act-conditional-support = Условная поддержка
act-reservation = Оговорка
act-rejection = Отказ
act-demand = Требование
act-hope = Надежда
act-aim = Цель
act-complaint = Жалоба
act-accusation = Обвинение
act-denial = Отрицание
act-claim-of-responsibility = Взятие ответственности
act-threat = Угроза
act-incitement = Подстрекательство

## Settings and the second factor
screen-settings = Настройки
factor = Второй фактор
factor-why = Приложение показывает новый код каждые тридцать секунд. С ним одного пароля мало.
factor-on = Включён
factor-off = Выключен
factor-needed = Для вашей роли второй фактор обязателен. До настройки вы видите то же, что и все.
factor-set-up = Настроить
factor-again = Настроить другой
factor-secret = Ключ для ввода в приложение
factor-link = Открыть в приложении на этом устройстве
factor-confirm = Подтвердить
factor-recovery = Коды восстановления
factor-recovery-why = Каждый действует один раз вместо кода. Они показаны сейчас и больше не появятся: распечатайте их или храните отдельно от пароля.
factor-remove = Убрать
recovery-left = Осталось кодов восстановления: { $n }
prove = Подтвердите, что это вы
prove-why = Это меняет то, что могут видеть или делать другие. Спрашиваем не чаще раза в пять минут.
code = Код
code-why = Последний код из приложения или код восстановления.
go-on = Продолжить
cancel = Отмена
save = Сохранить
saved = Сохранено
password-old = Нынешний пароль
password-new = Новый пароль
password-change = Сменить пароль
password-why = Не короче двенадцати знаков. Другие ваши сеансы завершатся.
account-add = Добавить запись
role = Роль
account-off = Отключена
account-disable = Отключить
account-enable = Включить
factor-roles = Кому обязателен второй фактор
withheld = Скрыто
withheld-why = От всех ролей ниже названной; вместе с тем, что на этом основано. * – весь вид или вся запись.
part-of-record = Часть
lowest-role = Начиная с роли
withhold = Скрыть
release = Открыть
nothing-withheld = Ничего не скрыто.
sign-in-first = Войдите, чтобы увидеть настройки.
user-accounts = Учётные записи

## History and trial
history = История
history-why = Что изменило каждое обновление записи. Прежних значений нет в журнале, и восстановить их нельзя; от снятого ничего не хранится.
history-none = С первого заполнения ничего не изменилось.
history-of = История записи
history-not-kept = Прежние значения не хранятся или недоступны вашей роли.
history-no-fields = Видимые вам поля не отличаются.
field = Поле
was = Было
is-now = Стало
by-entries = { $n ->
    [0] из-за других данных, без новых записей журнала
    [one] из-за { $n } записи журнала
   *[other] из-за { $n } записей журнала
}
entry = Запись { $n }
clock-utc = UTC
clock-local = Местное время
clock-why = Время журнала показано по UTC или по часам этого устройства. Дни – гражданские дни места при любом выборе.
trial = Если бы текст был иным
trial-why = Измените копию текста: прошлые инциденты сразу оцениваются по ней. Ничего не сохраняется. Очертания зон остаются прежними.
trial-open = Попробовать другой текст
trial-text = Текст соглашения для правки
trial-again = Как есть
trial-faults = Оценки нет, пока есть ошибки
trial-turns = { $n ->
    [0] Выводы не меняются
    [one] Меняется { $n } вывод
   *[other] Меняется выводов: { $n }
}
no-finding = нет вывода

## Saved searches and hooks
searches = Сохранённые поиски
searches-why = Имя и фильтр. Лента сообщает о новых и изменившихся инцидентах; адрес непубличной ленты содержит слово, которое показывают один раз.
search-save = Сохранить этот поиск
search-filter = Фильтр
search-all = все инциденты
search-public = Публичная лента
search-none = Поисков пока нет.
feed = Лента
feed-once = Адрес ленты, показан один раз
hooks = Вебхуки
hooks-why = Подписанное сообщение на адрес, когда инциденты поиска новы или изменились. Без вебхуков сервер ни к кому не обращается.
hook-add = Добавить вебхук
hook-url = Адрес
hook-secret = Ключ для проверки подписей, показан один раз
hook-none = Вебхуков нет.
hook-ping = Отправить пробное
hook-log = Доставки
hook-log-none = Пока ничего не отправлено.
hook-hosts = Хосты вашей сети, доступные вебхукам
hook-hosts-why = По одному в строке, например intranet.example или 10.0.0.5:8080. К другим внутренним обращений нет.
delivery-waiting = ждёт
delivery-done = доставлено
delivery-failed = не доставлено
tries = Попытки
answer-given = Ответ
moment = Когда
factor-reset = Убрать второй фактор
delivery-outcome = Итог

## Review

screen-review = Проверка
queue = Очередь
queue-turns = группы источников по очереди
queue-empty = Ничего не ждёт.
queue-more = За ними ждут ещё { $n }.
review-sign-in = То, что ждёт решения, видят вошедшие.
review-read-only = Решают проверяющие и гаранты; вам доступно чтение.
group-unlisted = издания не из списка
waiting-second-person = второй человек
waiting-contested = спорно
waiting-changed = новые сообщения
waiting-new = новое
waiting-which-incident = о каком инциденте?
waits-for-another = То же должен решить другой человек.
decision-accept = просмотрено
decision-same = один инцидент
decision-apart = разные инциденты
decision-move = перенесено
decision-reject = отклонено
decision-verify = проверено
decision-refute = было не так
decision-grade = источник оценён
decision-credit = достоверность
decision-undo = отменено
do-accept = Принять
do-accept-why = Просмотрено, остаётся как есть
do-agree = Решить так же
do-agree-why = Второй человек для ждущего решения
do-same = То же, что выбранное
do-same-why = Этот и выбранный инцидент — один
do-move = Перенести слова
do-move-why = Отмеченные слова — о выбранном инциденте
do-apart = Отделить
do-apart-why = Отмеченные слова — о другом
do-reject = Отклонить слова
do-reject-why = Отмеченные слова прочитаны неверно
do-verify = Подтвердить
do-verify-why = Сказанное об этом в отмеченных словах верно
do-refute = Опровергнуть
do-refute-why = Было не так
do-grade = Оценить
grade-source = Надёжность источника
grade = Оценка
grade-confirmed = подтверждено
grade-fair = приемлемо
grade-weak = слабо
grade-contested = спорно
grade-discounted = отведено
credibility = Достоверность
open-incident = Открыть инцидент
may-be-one = Возможно, то же самое
why = Причина
why-hint = пусто: слова на кнопке
why-accept = Просмотрено со словами источников
why-same = По прочтении обоих — один инцидент
why-apart = По прочтении — другое событие
why-move = Слова о другом инциденте
why-reject = Прочитано неверно
why-verify = Проверено
why-refute = Проверено: не так
why-grade = Известно по прежним сообщениям
why-undo = Отменено
undo = Отменить
undo-hint = u — отменить
last-ruling = Последнее решение
key-review = в проверке: принять, отклонить, то же, перенести, отделить, на группы, в архив, подтвердить, опровергнуть, отменить
queue-left =
    { $n ->
        [one] ждёт { $n }
        [few] ждут { $n }
        [many] ждут { $n }
       *[other] ждут { $n }
    }
accounts-of =
    { $n ->
        [one] { $n } сообщение
        [few] { $n } сообщения
        [many] { $n } сообщений
       *[other] { $n } сообщения
    }

## Exchange

export-as = Сохранить эти инциденты как
export-jsonl = все записи, один объект JSON в строке
export-csv = текстовая таблица
export-xlsx = книга
export-geojson = точки и области для карт
export-gpkg = слои для QGIS со стилями
export-parquet = столбцы для анализа
export-kml = для глобусов
export-hxl = таблица с тегами HXL
export-acled = в столбцах ACLED
export-ucdp = погибшие, в столбцах UCDP
export-cap = оповещения, черновики
export-plover = события в JSON

## Areas, states, reading without a network
screen-area = Динамика
province = Провинция
offline = Сервер недоступен.
offline-why = Показано то, что это устройство прочло { $read }. Запись доходит до { $day }; что было позже, здесь неизвестно, и его отсутствие ни о чём не говорит.
offline-missing = Сервер недоступен, а на этом устройстве это не сохранено.
area-title = { $area }: динамика
area-which = Район
area-trend = Динамика этого района
area-only = Только этот
area-list = Показать на карте и в списке
area-line = Инциденты по времени
area-table = Числа графика
area-kinds = Что это было
area-heard = Дней с вестями
area-heard-all = вести были каждый день
area-heard-part = в некоторые дни вестей не было
area-unheard = вестей не было: это не ноль
area-heard-zone = День считается днём с вестями, если был слышен кто-то из зоны.
area-heard-why = Охват ведётся по зонам: день считается днём с вестями, если был слышен кто-то из любой зоны или из остальной страны.
area-perhaps = Инцидент, место которого не установлено, считается в каждом районе, где он мог быть; растянутый на дни — в первый день.
step = Шаг
step-week = Неделя
step-month = Месяц
step-year = Год
difference = Между двумя состояниями
difference-why = Что появилось, исчезло и изменилось, и из-за каких страниц и решений.
difference-from = От
difference-to = До
difference-choose = Выберите состояние
difference-one = Пока в истории только одно состояние.
difference-others = Другие виды
difference-was = был
difference-pages-came = Новые страницы:
difference-pages-went = Ушедшие страницы:
difference-rulings-came = Новые решения:
difference-rulings-went = Ушедшие решения:
difference-no-page = Ни страниц, ни решений не добавилось: изменились данные или другой инцидент.
kind-passage = абзац
kind-statement = заявление
kind-contradiction = противоречие
kind-complaint = жалоба
kind-agreement = соглашение
kind-zone = зона
kind-deadline = срок
kind-round = раунд переговоров
kind-meeting = встреча
kind-position = позиция
kind-stand = отношение
kind-holding = контроль
kind-control_change = смена контроля
kind-delivery = доставка
kind-return = возвращение
kind-measure = мера
kind-zone_day = день зоны
kind-outlet_day = день издания
kind-unseen = невидимое место
kind-place = место
kind-figure = число
kind-time = время
kind-actor_mention = упоминание стороны
kind-artefact = след
kind-ruling = решение
kind-review = пункт проверки
kind-note = заметка
## Import
screen-import = Импорт
kind-foreign = чужая строка
import-why = Чужие таблицы хранятся отдельно от наших инцидентов и никогда не служат для них доказательством. Каждая версия строки сохраняется; таблица принимается целиком или не принимается вовсе.
import-file = Таблица
import-drop = Выберите файл или перетащите его сюда: ACLED, UCDP GED, HXL или своя таблица в виде CSV, XLSX или GeoJSON, до 64 МБ. Ничего не сохраняется, пока вы не подтвердите.
import-sign-in = Таблицы принимают аналитики, рецензенты и администраторы.
import-sending = Отправка
import-reading = Таблица читается …
import-keeping = Таблица заносится в журнал; остановить это уже нельзя …
import-stopped = Остановлено. Ничего не сохранено.
import-kept = Сохранено как запись { $n } журнала.
import-result = Новых: { $n }. Изменённых: { $shown }. Прежних: { $total }.
import-already = Эта таблица, прочитанная так же, уже есть в журнале.
import-keepable = Строк, которые будут сохранены: { $n }
import-rejected = Отклонённых строк: { $n }
import-source = Издатель
import-source-why = Издатель: один и тот же для всех его таблиц, чтобы более поздняя давала новые версии строк.
import-sheet = Лист
import-dates = День и месяц
dates-none = как написано
dates-day-first = сначала день
dates-month-first = сначала месяц
import-columns-why = Под названием каждого столбца стоит, за что он принят. Измените это, и таблица будет прочитана заново.
import-taken-for = За что принят столбец { $name }
import-not-read = не читается
import-as-read = Как будет прочитано
import-keep = Сохранить строки: { $n }
import-another = Отказаться
import-download = Скачать отклонённые строки
import-first-on = впервые в строке { $n }
import-rows = Сами строки: { $shown } из { $total }
import-line = Строка
import-row = Содержание как написано
import-others = Чужие строки в журнале
import-others-count = Строк: { $n }, каждая в новейшей версии.
import-versions = Версии
table-acled = ACLED
table-ucdp = UCDP GED
table-hxl = HXL
table-csv = своя таблица
column-id = Идентификатор
column-date = День или первый день
column-date_end = Последний день
column-time_code = Точность времени
column-place = Место
column-province = Провинция
column-country = Страна
column-lat = Широта
column-lon = Долгота
column-place_code = Точность места
column-event = Вид события
column-sub_event = Подвид
column-actor1 = Участник
column-actor2 = Другой участник
column-deaths = Убито
column-deaths_low = Убито, не менее
column-deaths_high = Убито, не более
column-sources = Источники
column-notes = Примечания
see-as = Как это видят другие
see-as-show = Показать
see-as-nothing = Запись или её часть скрыта целиком.

## Архив и разделение на группы
archived = В архиве
archived-what = Решение убрало его из списков, карт и подсчётов. Сам инцидент, его слова и выводы сохранены; новое сообщение вернёт его.
archived-why = Решения убрали эти инциденты из подсчётов и приложения. Они сохранены в записи со словами и выводами. Архив — не затишье.
archived-n = + { $n } в архиве
archived-beside = в архиве { $n }, не учтено
archived-among = из них в архиве { $n }
archived-show = Показать
show-archived = С архивом
do-archive = В архив
do-archive-why = Сохраняется, но не входит в списки, карты и подсчёты, пока не сообщат нового
decision-archive = в архиве
why-archive = Вне того, за чем здесь следят
archive-back = Вернуть
archive-back-why = Снова учитывается и показывается; решение остаётся в журнале как отменённое.
archive-done = Записано. Запись обновится через несколько мгновений.
archive-back-done = Записано. Инцидент вернётся через несколько мгновений.
do-split = На группы
do-split-why = Сообщения говорят о нескольких событиях
decision-split = разделено на группы
why-split = По прочтении — несколько событий
split-keys = Дайте каждому сообщению группу: 1–9 относит отмеченные слова и идёт дальше, n и p — переход. Копии идут вместе со своими словами.
split-group = Группа { $n }
split-group-of = Группа для: { $name }
split-by-origin = По источникам
split-by-page = По страницам
split-together = Все в одну
split-none = Все в одной группе; ничего не разделено.
split-into = { $n ->
    [one] Разделить на { $n }
    [few] Разделить на { $n }
   *[other] Разделить на { $n }
}
foreseen-asking = Считаем, что изменится …
foreseen-gone = Не станет: { $n }
foreseen-new = Появится: { $n }
foreseen-changed = Изменится: { $n }
foreseen-none = Ничего не изменится.

## Проверка записи в браузере
check-record = Проверить запись
check-why = Браузер сам вычисляет, есть ли страница в журнале: её запись, хеши от неё до подписанной вершины, подпись. Доказательство берётся у сервера, во время проверки у него ничего не спрашивают.
check-choose = Выберите страницу ниже или номер записи выше.
check-proof = Проверить
check-again = Проверить снова
check-key = Ключ журнала
check-key-server = Что это ключ журнала, говорит этот сервер. Так мог бы сказать любой: сравните его с полученным иначе или вставьте тот.
check-key-own = Проверено вашим ключом, а не ключом этого сервера.
check-key-differs = Сервер называет другой ключ.
check-key-paste = Ключ, которому вы доверяете
check-holds = Верно: запись { $n } есть в журнале из { $total } записей.
check-fails = Неверно
check-without = Этот браузер проверяет подписи только по HTTPS или на самой машине сервера.
check-content = Запись говорит о байтах с этим хешем, принятых { $when }
check-file = Сравнить с вашей копией страницы
check-file-same = В вашем файле те же самые байты.
check-file-other = В вашем файле другие байты.
check-cli = То же программой, где угодно:
check-step-proof = Доказательство читается
check-step-key = Ключ читается
check-step-note = Вершина журнала — подписанная заметка
check-step-signature = Подпись сделана этим ключом
check-step-checkpoint = Вершина — журнала этого ключа
check-step-path = Хеши ведут от записи к вершине
check-leaf = Запись
check-pages = Страниц, на которых она основана: { $n }

## Огрублённое
privacy = Места округлены, часы и имена опущены
privacy-why = Для всех, кто ниже роли. Имена, слова, страницы, выводы, другие виды записей, отчёт и все выгрузки, кроме JSON Lines, для них закрыты: они выдали бы остальное. Отборы по месту, словам и выводам для них ничего не находят. Номер инцидента следует из его страниц: у кого они есть, тот найдёт его.
privacy-on = Огрублено для всех, кто ниже роли
privacy-off = Всё показано как есть, кроме скрытого ниже.
privacy-none = ни для кого
privacy-exact = место как есть
privacy-km = место до { $distance } и грубее
privacy-days = дни без часов
privacy-hours = время как есть
privacy-names = никто не назван и не процитирован
precision-coarse = округлено
place-coarse = место округлено
coarse-for-you = Огрублено для вашей роли: места округлены или часы опущены, никто не назван и не процитирован. Пустое здесь не значит, что не сообщалось.
weight-coarse = { $pages ->
    [one] { $pages } страница
    [few] { $pages } страницы
   *[other] { $pages } страниц
}, независимых: { $independent }
not-shown = вашей роли не показано
coarse-report = Зоны, выводы и охват закрыты для вашей роли, а без них эта страница сказала бы неверное. Войдите с другой ролью или смотрите список.
