# كلمات الواجهة. محايدة في صيغتها: ما قيل، وعلى لسان مَن، وبأي قدر من اليقين.

screen-situation = الوضع
screen-incident = حادثة
screen-agreement = الاتفاق
screen-process = المسار
screen-report = التقرير
screen-record = السجل
screen-sign-in = تسجيل الدخول
screen-setup = إنشاء المدير الأول
rooms = الشاشات
skip = الانتقال إلى المحتوى
loading = جارٍ التحميل …
refused = تعذّر عرض هذا.
try-again = المحاولة مجددًا
no-such-page = لا توجد صفحة كهذه
as-of = حتى يوم
language = اللغة
dark = داكن
share = نسخ الرابط
share-why = يحمل الرابط المرشِّح والموضع على الخريطة ونقطة التحقق في السجل
copied = نُسخ
close = إغلاق
clear = مسح
remove = إزالة
download = تنزيل
grown = زاد السجل.
show-new = عرض الجديد
seen-before = أُنشئ هذا الرابط والسجل عند نقطة التحقق
see-changes = ما تغيّر منذئذ
see-now = المتابعة بحسب الآن
sign-in = دخول
sign-out = خروج
sign-in-why = القراءة لا تحتاج إلى حساب. الدخول يُظهر ما يحق لدورك رؤيته.
setup-why = يحمل الرابط رمزًا يصلح مرة واحدة. اختر اسمًا وكلمة مرور؛ لا توجد كلمة مرور افتراضية.
name = الاسم
password = كلمة المرور
role-public = عموم القراء
role-analyst = محلل
role-reviewer = مراجع
role-guarantor = ضامن
role-administrator = مدير

keys = المفاتيح
key-next = الحادثة التالية، السابقة في القائمة
key-open = فتح الحادثة المختارة
key-claim = الكلمات التالية، السابقة في الصفحة
key-incident = الحادثة السابقة، التالية
key-brush = تحريك طرف الفترة حين يكون عليه التركيز
key-zoom = تقريب الخريطة وإبعادها حين يكون عليها التركيز
key-close = ترك الاختيار
key-help = هذه المفاتيح

filters = المرشِّحات
search = كلمات للبحث
period = الفترة
last-days = { $n ->
    [one] آخر يوم
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
whole = الكل
from = من
to = إلى
days-of-place = الأيام أيام التقويم في مكان الحدث
act = الفعل
zone = المنطقة
verdict = الحكم
status = درجة اليقين
term = البند
agreement = الاتفاق
no-background = من دون الخلفية
more-filters = المزيد
nothing-to-choose = لا شيء للاختيار منه
compare = مقارنة الفترات
what = ماذا
change = التغيّر
before-record = تبدأ الفترة السابقة قبل بداية السجل: جزء منها لم يُقرأ قط.
when-unknown = اليوم غير معروف
when-until = { $day } أو قبله
when-from = { $day } أو بعده
when-between = بين { $from } و{ $to }
count-at-least = { $low } على الأقل
count-between = { $low }–{ $high }
metres = { $n } م
kilometres = { $n } كم

map = الخريطة
map-words = خريطة الحوادث، وعددها { $n }. القائمة إلى جانبها تضمها كلها.
area = جزء واحد من الخريطة فقط
map-missing = تعذّر رسم الخريطة هنا. القائمة تضم كل ما كانت ستعرضه.
list = الحوادث
incidents = الحوادث
incidents-count = { $n ->
    [zero] لا حوادث
    [one] حادثة واحدة
    [two] حادثتان
    [few] { $n } حوادث
    [many] { $n } حادثة
   *[other] { $n } حادثة
}
more-than-shown = في القائمة { $shown } من { $total }.
show-more = عرض المزيد
none-found = لا حادثة ضمن هذه المرشِّحات. انظر إلى التغطية قبل أن تقرأ ذلك هدوءًا.
unplaced = { $n ->
    [one] حادثة واحدة بلا مكان على الخريطة
    [two] حادثتان بلا مكان على الخريطة
    [few] { $n } حوادث بلا مكان على الخريطة
   *[other] { $n } حادثة بلا مكان على الخريطة
}
not-on-map = معروفة على مستوى البلد فقط، أو بلا مكان
within = ضمن { $distance }
weight = الصفحات { $pages }، الأصول { $origins }، المستقل منها { $independent }
incident-title = { $act }، { $place }، { $when }
place-unknown = المكان غير معروف
place-between = بين { $place }
zoom-in = تقريب
zoom-out = إبعاد
zoom-all = إظهار الكل
legend = مفتاح الرموز
legend-shape = ماذا
legend-colour = درجة اليقين
legend-filling = على أي أساس
legend-region = حيث قد تقع
legend-cluster = هذا العدد معًا، والحلقة بحسب درجة التثبت
legend-zone = منطقة مع شريطها
shape-air = من الجو
shape-fire = قصف
shape-blast = متفجرات
shape-clash = قتال
shape-people = مدنيون
shape-ground = قوات وأرض
shape-aid = مساعدات ومراقبون
shape-other = غير ذلك
strength-0 = لا أصل مستقل
strength-1 = واحد
strength-2 = اثنان أو أكثر
timeline = الأيام
timeline-words = عدد الحوادث { $n } من { $from } إلى { $to } يومًا بيوم، وتحتها شريط لكل منطقة يبيّن من كان يستطيع رؤيتها
incidents-by-day = حوادث اليوم، الأكثر { $most }
outside-zones = خارج المناطق
coverage = التغطية
earlier = { $n } قبل { $day }
undated = { $n } بلا يوم أول
play = تشغيل
pause = إيقاف
pace = السرعة
step-back = يوم إلى الوراء
step-on = يوم إلى الأمام
zone-days = أيام المناطق
sight-incidents = رُويت حوادث
sight-nothing-told = تحت النظر ولم يُروَ شيء
sight-hindered = أُعيق المراقبون
sight-unwatched = لم يُسمع أحد من المنطقة
sight-blind = لا صفحة تتحدث عن اليوم

known = ما هو معروف
element = العنصر
told = ما قيل
how-surely = درجة اليقين
element-occurrence = الوقوع
element-place = أين
element-time = متى
element-means = بأي وسيلة
element-toll = الحصيلة
element-author = مَن الفاعل
not-told = لم يُذكر
author-unknown = لا رواية تقول من فعلها
says = بحسب { $who }
targets = ضد
candidates = قد يكون
background = خلفية
series = سلسلة أفعال
words = الكلمات
words-n = الكلمات { $n }
words-of = { $n ->
    [one] الكلمات
   *[other] الكلمات، المقاطع { $n }
}
no-words = لا كلمات متاحة لك هنا.
claim-of = { $at } من { $n }
next-claim = الكلمات التالية
previous-claim = الكلمات السابقة
next-incident = الحادثة التالية
previous-incident = الحادثة السابقة
denied = منفي
bytes = البايتات { $from }–{ $to }
page-as-captured = الصفحة كما التُقطت: { $name }
origins = الأصول
pages = الصفحات
origins-sum = الصفحات { $pages } ← الأصول { $origins } ← المستقل عن الأطراف { $independent }
why-origins = لماذا هذه الأصول
accounts = الروايات جنبًا إلى جنب
accounts-differ = الروايات تختلف
by = على لسان
figure = الرقم
preferred = الرواية المفضلة:
contradiction = تناقض
findings = الاستنتاجات
no-findings = لم يُحكم فيها بموجب أي بند.
machine-proposes = ناتج الآلة اقتراح: التحقق لإنسان والموافقة بالتواقيع.
term-text = البند
agreement-not-here = نص الاتفاق غير متوفر.
missing = وقائع من شأنها أن تحسم
if-yes = إن نعم:
if-no = إن لا:
tests = الاختبارات
inputs = { $n ->
    [one] واقعة واحدة
    [two] واقعتان
    [few] { $n } وقائع
   *[other] { $n } واقعة
}
why-one = لماذا هذه الروايات حادثة واحدة

version = النسخة
ends = ينتهي
source = المصدر
terms = البنود
covers = يشمل
zones = المناطق
unsettled = لم يحسمه النص:
exemptions = الاستثناءات
parties = الأطراف
party = الطرف
part = الدور
bound = ملزَم
on-day = في يوم
approximate = مرسومة بالتقريب
partial = مرسومة جزئيًا
band = غير محسوم ضمن
no-zones = لا حدود مرسومة لأي منطقة في { $day }.
no-agreement = لا يتوفر أي اتفاق.
deadlines = المواعيد النهائية
due = الموعد
state = الحال

talks = المحادثات
round = جولة
round-n = الجولة { $n }
positions = المواقف
positions-why = أحدث موقف لكلٍّ منهم؛ اضغط الخانة لترى الكلمات
holder = صاحب الموقف
reservation = تحفظ:
control = السيطرة
holder-unknown = لم يُذكر المسيطر
since = منذ
until = حتى
denied-n = { $n ->
    [one] نفاه قول واحد
    [two] نفاه قولان
    [few] نفته { $n } أقوال
   *[other] نفاه { $n } قولًا
}
moves = المساعدات والعودة والإجراءات
complaints = الشكاوى
complaints-why = ادعاءات بلا حادثة يمكن الحكم فيها
speaker-unknown = لم يُذكر القائل
none-told = لم يُذكر شيء.

report-title = تقرير عن وقف إطلاق النار
based-on = استنادًا إلى صفحات قُرئت حتى
checkpoint = نقطة التحقق
print = طباعة
server-report = التقرير الكامل
annex = الملحق: كل الحوادث
by-zone = بحسب المنطقة
perhaps = ربما
perhaps-why = «ربما»: لا أحد يستطيع القول إن كانت في المنطقة. قد ترد حادثة كهذه في عدة صفوف، فلا تُجمع الصفوف.
before = الفترة السابقة
everywhere = في كل مكان
toll = الحصيلة
persons = أشخاص
lowest-highest = أدنى رواية–أعلى رواية
told-of = حوادث ذُكر لها رقم
toll-why = مجموع أدنى رواية وأعلى رواية لكل حادثة. الحوادث التي بلا رقم لا تضيف شيئًا: فالمجموع ليس حدًا أعلى.
coverage-why = أيام كل منطقة خلال الفترة. اليوم الذي لم يستطع أحد أن يرى فيه ليس يومًا هادئًا.
access = الوصول
weapon = الوسيلة
day = اليوم
place = المكان
killed = قتلى
injured = جرحى
on-whose-word = على لسان مَن

no-changes = لم يتغير شيء منذئذ.
kind = النوع
id = المعرّف
log-entries = { $n ->
    [one] قيد واحد في السجل
    [two] قيدان في السجل
    [few] { $n } قيود في السجل
   *[other] { $n } قيدًا في السجل
}
signed-note = مذكرة موقّعة
signatures-later = ستظهر هنا تواقيع الضامنين واعتراضاتهم متى حملها السجل.
page = الصفحة
outlet = الجهة الناشرة
size = البايتات
proof = البرهان
proof-why = يُثبت البرهان من دون هذا الخادم أن الصفحة في السجل. تحقق منه بالأمر

verdict-violation = انتهاك
verdict-not-assessable = لا يمكن تقييمه
verdict-pending = معلّق
verdict-excluded = مستثنى
verdict-no-violation = لا انتهاك
verdict-not-judged = لم يُحكم فيه
status-verified = متحقَّق منه
status-corroborated = معزَّز
status-reported = مُبلَّغ عنه
status-contested = متنازع عليه
status-refuted = مُفنَّد
status-undetermined = غير محدد
precision-exact = دقيق
precision-town = بلدة
precision-near = قرب بلدة
precision-district = منطقة إدارية
precision-province = محافظة
precision-country = بلد
precision-unresolved = لم يُحدَّد
inside-yes = داخلها
inside-no = خارجها
inside-undetermined = لا يمكن معرفة أداخلها أم خارجها
answer-yes = نعم
answer-no = لا
answer-undetermined = غير محدد
independent-yes = مستقل
independent-no = غير مستقل
independent-undetermined = غير محدد
strength-no-origin = بلا أصل
strength-allegation = ادعاء
strength-one-origin = أصل واحد
strength-two-origins = أصلان
strength-ruling = قرار
modality-asserted = مؤكَّد في الصفحة
modality-reported = منقول
modality-claimed = مزعوم
modality-hoped = مأمول
modality-planned = مخطط
modality-conditional = مشروط
source-page = الصفحة
source-outlet = جهة ناشرة
source-organisation = منظمة
source-speaker = متحدث
source-unnamed = مصدر لم يُسمَّ
attribution-named = مسمّى
attribution-allegation = متهَم
attribution-claim-of-responsibility = يتبنى المسؤولية
attribution-denial = ينفي
metric-killed = قتلى
metric-injured = جرحى
metric-casualties = ضحايا
metric-detained = محتجزون
metric-missing = مفقودون
metric-displaced = نازحون
metric-persons = أشخاص
metric-acts = أفعال
metric-complaints = شكاوى
metric-goods = بضائع
metric-other = غير ذلك
about-count = الأرقام
about-time = الوقت
about-place = المكان
about-role = الأدوار
about-occurrence = هل وقعت
about-omission = ما أُغفل
about-forecast = توقُّع
about-date = التاريخ
about-topic = الموضوع
real-yes = لا يصح الاثنان معًا
real-no = ظاهري فقط
real-undetermined = قد يكون ظاهريًا فقط
link-same-text = النص نفسه
link-same-title = العنوان نفسه
link-same-family = الناشر نفسه
link-same-agency = الوكالة نفسها
link-same-speaker = المتحدث نفسه
link-cites = يستشهد بـ
published-visible = التاريخ ظاهر في الصفحة
published-metadata = التاريخ من البيانات الوصفية
published-container = التاريخ من الحاوية
published-address = التاريخ من العنوان
published-inferred = التاريخ مستنتج
published-none = بلا تاريخ
class-force = استعمال القوة
class-air = الجو
class-forces = القوات
class-territory = الأرض
class-civilians = المدنيون
class-humanitarian = إنساني
class-monitors = المراقبون
class-process = المسار
class-information = المعلومات
class-speech = القول
duty-prohibition = حظر
duty-obligation = التزام
duty-permission = إذن
part-party = طرف
part-guarantor = ضامن
part-observer = مراقب
part-sponsor = راعٍ
part-broker = وسيط
part-host = مضيف
anchor-signed = التوقيع
anchor-in-force = النفاذ
anchor-operative = بدء العمل
zone-status-described = موصوفة
zone-status-proposed = مقترحة
zone-status-agreed = متفق عليها
zone-status-de-facto = بحكم الواقع
state-pending = لم يحن بعد
state-met = تم الوفاء به
state-missed = فات
state-nobody-knows = لا أحد يعرف
form-meeting = اجتماع
form-call = اتصال
progress-planned = مخطط
progress-attempted = محاولة
progress-done = تم
progress-refused = رُفض
stance-support = تأييد
stance-conditional = تأييد مشروط
stance-reservation = تحفظ
stance-reject = رفض
stance-neutral = حياد
without-silent = صامت في هذا
without-not-heard = لم يُسمع
proposal-ceasefire = وقف إطلاق النار
proposal-memorandum = المذكرة
proposal-talks = المحادثات
proposal-guarantor-role = دور الضامنين
proposal-no-fly-zone = منطقة حظر طيران
proposal-de-escalation-zones = مناطق خفض التصعيد
proposal-unnamed-proposal = اقتراح لم يُسمَّ
why-access-denied-or-jammed = مُنع الوصول أو شُوِّش
why-no-outlet-tells-of-it = لا جهة ناشرة تتحدث عنه
change-added = أُضيف
change-changed = تغيّر
change-gone = زال
kind-incident = حادثة
kind-finding = استنتاج
kind-claim = قول
kind-document = صفحة
kind-origin = أصل

act-small-arms-fire = نيران أسلحة خفيفة
act-shelling = قصف
act-mortar = قذائف هاون
act-artillery = قصف مدفعي
act-rocket-fire = إطلاق صواريخ
act-tank-fire = نيران دبابات
act-air-strike = غارة جوية
act-uav-strike = ضربة مسيّرة
act-missile-strike = ضربة صاروخية
act-ied = عبوة ناسفة
act-car-bomb = سيارة مفخخة
act-landmine = لغم أرضي
act-grenade = قنبلة يدوية
act-suicide-attack = هجوم انتحاري
act-sniping = قنص
act-chemical-attack = هجوم كيميائي
act-explosion = انفجار
act-attack = هجوم
act-armed-clash = اشتباك مسلح
act-killing = قتل
act-overflight = تحليق
act-force-movement = تحرك قوات
act-fortification = تحصين
act-withdrawal = انسحاب
act-live-fire-exercise = تدريب بالذخيرة الحية
act-mine-laying = زرع ألغام
act-weapon-seizure = مصادرة أسلحة
act-seizure = سيطرة
act-regain = استعادة
act-control-loss = فقدان السيطرة
act-line-crossing = عبور خط
act-siege = حصار
act-displacement = نزوح
act-arrest = اعتقال
act-abduction = خطف
act-looting = نهب
act-sexual-violence = عنف جنسي
act-child-recruitment = تجنيد أطفال
act-aid-blocked = منع مساعدات
act-delivery = إيصال مساعدات
act-evacuation = إجلاء
act-return = عودة
act-release = إطلاق سراح
act-checkpoint-closure = إغلاق معبر
act-monitor-access-denied = منع وصول المراقبين
act-monitor-attacked = هجوم على مراقبين
act-meeting = اجتماع
act-call = اتصال
act-round = جولة محادثات
act-agreement-signed = توقيع اتفاق
act-ceasefire-declared = إعلان وقف إطلاق نار
act-suspension = تعليق
act-resumption = استئناف
act-walk-out = انسحاب من المحادثات
act-extension = تمديد
act-mandate = تفويض
act-sanction = عقوبة
act-measure = إجراء
act-protest = احتجاج
act-statement = تصريح
act-support = تأييد
act-conditional-support = تأييد مشروط
act-reservation = تحفظ
act-rejection = رفض
act-demand = مطالبة
act-hope = أمل
act-aim = هدف
act-complaint = شكوى
act-accusation = اتهام
act-denial = نفي
act-claim-of-responsibility = تبني المسؤولية
act-threat = تهديد
act-incitement = تحريض

## Settings and the second factor
screen-settings = الإعدادات
factor = العامل الثاني
factor-why = يعرض تطبيق المصادقة رمزًا جديدًا كل ثلاثين ثانية. معه لا تكفي كلمة المرور وحدها.
factor-on = مفعّل
factor-off = غير مفعّل
factor-needed = يجب أن يكون لدورك عامل ثانٍ. حتى تفعيله ترى ما يراه الجميع.
factor-set-up = إعداد
factor-again = إعداد عامل آخر
factor-secret = السر، لإدخاله في تطبيق المصادقة
factor-link = فتح في تطبيق مصادقة على هذا الجهاز
factor-confirm = تأكيد
factor-recovery = رموز الاسترداد
factor-recovery-why = كل رمز يصلح مرة واحدة بدل الرمز المعتاد. تظهر الآن ولن تظهر ثانية: اطبعها أو احفظها بعيدًا عن كلمة المرور.
factor-remove = إزالته
recovery-left = رموز الاسترداد المتبقية: { $n }
prove = أثبت هويتك مرة أخرى
prove-why = هذا يغيّر ما يراه الآخرون أو يفعلونه. تُسأل مرة كل خمس دقائق على الأكثر.
code = الرمز
code-why = أحدث رمز في تطبيق المصادقة، أو رمز استرداد.
go-on = متابعة
cancel = إلغاء
save = حفظ
saved = حُفظ
password-old = كلمة المرور الحالية
password-new = كلمة مرور جديدة
password-change = تغيير كلمة المرور
password-why = اثنا عشر حرفًا أو أكثر. تنتهي جلساتك الأخرى.
account-add = إضافة حساب
role = الدور
account-off = معطّل
account-disable = تعطيل
account-enable = تفعيل
factor-roles = من يجب أن يكون له عامل ثانٍ
withheld = محجوب
withheld-why = عن كل دور أدنى من المذكور، وكذلك ما يستند إليه. استعمل * لكل النوع أو للسجل كله.
part-of-record = الجزء
lowest-role = ابتداءً من هذا الدور
withhold = حجب
release = إتاحة
nothing-withheld = لا شيء محجوب.
sign-in-first = سجّل الدخول لترى إعداداتك.
user-accounts = الحسابات

## History and trial
history = السجل الزمني
history-why = ما غيّره كل تحديث للسجل. القيم الأقدم ليست في السجل الموقّع ولا يمكن استعادتها؛ ولا يُحفظ شيء مما سُحب.
history-none = لم يتغير فيه شيء منذ ملء السجل أول مرة.
history-of = تاريخ سجل
history-not-kept = القيم الأقدم غير محفوظة، أو غير متاحة لدورك.
history-no-fields = لا يختلف أي حقل يحق لك رؤيته.
field = الحقل
was = كان
is-now = صار
by-entries = { $n ->
    [0] ببيانات أخرى، دون قيد جديد في السجل
    [one] بقيد واحد في السجل
   *[other] بقيود في السجل عددها { $n }
}
entry = القيد { $n }
clock-utc = UTC
clock-local = التوقيت المحلي
clock-why = تُعرض أوقات السجل بالتوقيت العالمي أو بتوقيت هذا الجهاز. الأيام أيام مدنية في المكان أيًا كان الاختيار.
trial = لو كان النص مختلفًا
trial-why = غيّر نسخة من النص: يُقيَّم ما مضى من حوادث وفقها فورًا. لا يُحفظ شيء. أشكال المناطق تبقى كما هي.
trial-open = جرّب نصًا آخر
trial-text = نص الاتفاق للتعديل
trial-again = كما هو
trial-faults = لا تقييم قبل إصلاح كل خطأ
trial-turns = { $n ->
    [0] لا تتغير أي نتيجة
    [one] تتغير نتيجة واحدة
   *[other] نتائج تتغير: { $n }
}
no-finding = لا نتيجة

## Saved searches and hooks
searches = عمليات البحث المحفوظة
searches-why = اسم ومرشح. تخبر الخلاصة قارئات الخلاصات بالحوادث الجديدة والمتغيرة؛ وعنوان غير العلنية يحمل كلمة تظهر مرة واحدة.
search-save = احفظ هذا البحث
search-filter = المرشح
search-all = كل الحوادث
search-public = خلاصة علنية
search-none = لم يُحفظ أي بحث بعد.
feed = الخلاصة
feed-once = عنوان الخلاصة، يظهر الآن ولن يظهر ثانية
hooks = الإشعارات الآلية
hooks-why = رسالة موقّعة إلى عنوان عندما تستجد حوادث بحث أو تتغير. من دونها لا يتصل الخادم بأحد.
hook-add = إضافة إشعار
hook-url = العنوان
hook-secret = السر للتحقق من التواقيع، يظهر الآن ولن يظهر ثانية
hook-none = لا إشعارات.
hook-ping = إرسال رسالة تجريبية
hook-log = سجل التسليم
hook-log-none = لم يُرسل شيء بعد.
hook-hosts = مضيفات داخل شبكتك يُسمح بالوصول إليها
hook-hosts-why = واحد في كل سطر، مثل intranet.example أو 10.0.0.5:8080. لا يُتصل بغيرها في الداخل.
delivery-waiting = بالانتظار
delivery-done = وصلت
delivery-failed = فشلت
tries = المحاولات
answer-given = الرد
moment = متى
factor-reset = إزالة العامل الثاني
delivery-outcome = النتيجة

## Review

screen-review = مراجعة
queue = قائمة الانتظار
queue-turns = كل مجموعة من المصادر بدورها
queue-empty = لا شيء ينتظر.
queue-more = { $n } أخرى تنتظر بعد هذه.
review-sign-in = ما ينتظر قرار شخص يظهر لمن سجّل الدخول.
review-read-only = القرار للمراجعين والضامنين؛ يمكنك القراءة.
group-unlisted = منابر غير مدرجة
waiting-second-person = شخص ثانٍ
waiting-contested = متنازع عليه
waiting-changed = روايات جديدة
waiting-new = جديد
waiting-which-incident = عن أي حادثة؟
waits-for-another = يجب أن يقرر شخص آخر الأمر نفسه.
decision-accept = رُوجع
decision-same = حادثة واحدة
decision-apart = ليست حادثة واحدة
decision-move = نُقل
decision-reject = مرفوض
decision-verify = متحقَّق منه
decision-refute = لم يحدث هكذا
decision-grade = قُيّم المصدر
decision-credit = المصداقية
decision-undo = سُحب
do-accept = قبول
do-accept-why = رُوجع ويبقى كما هو
do-agree = القرار نفسه
do-agree-why = الشخص الثاني لحكم ينتظر
do-same = نفس المختارة
do-same-why = هذه والحادثة المختارة واحدة
do-move = نقل الكلمات
do-move-why = الكلمات المعلّمة عن الحادثة المختارة
do-apart = فصل
do-apart-why = الكلمات المعلّمة عن أمر آخر
do-reject = رفض الكلمات
do-reject-why = قُرئت الكلمات خطأ؛ لا يُبنى عليها شيء
do-verify = تحقُّق
do-verify-why = ما تقوله الكلمات عن العنصر صحيح
do-refute = نفي
do-refute-why = لم يحدث هكذا
do-grade = تقييم
grade-source = موثوقية مصدر
grade = التقدير
grade-confirmed = مؤكد
grade-fair = مقبول
grade-weak = ضعيف
grade-contested = متنازع عليه
grade-discounted = مستبعد
credibility = المصداقية
open-incident = فتح الحادثة
may-be-one = قد تكون نفسها
why = السبب
why-hint = فارغ: كلمات الزر
why-accept = رُوجع مع كلماته
why-same = حادثة واحدة بعد قراءة الاثنتين
why-apart = حدث آخر بعد قراءة الكلمات
why-move = الكلمات عن الحادثة الأخرى
why-reject = قراءة خاطئة
why-verify = تم التحقق
why-refute = تم التحقق وليس كذلك
why-grade = معروف من تقارير سابقة
why-undo = سُحب
undo = تراجع
undo-hint = u للتراجع
last-ruling = آخر حكم
key-review = في المراجعة: قبول، رفض، نفس الحادثة، نقل، فصل، مجموعات، أرشفة، تحقق، نفي، تراجع
queue-left =
    { $n ->
        [zero] لا شيء ينتظر
        [one] { $n } ينتظر
        [two] { $n } ينتظران
        [few] { $n } تنتظر
        [many] { $n } تنتظر
       *[other] { $n } تنتظر
    }
accounts-of =
    { $n ->
        [zero] بلا روايات
        [one] رواية واحدة
        [two] روايتان
        [few] { $n } روايات
        [many] { $n } رواية
       *[other] { $n } رواية
    }

## Exchange

export-as = حفظ هذه الحوادث بصيغة
export-jsonl = كل السجلات، كائن JSON في كل سطر
export-csv = جدول نصي
export-xlsx = مصنف
export-geojson = نقاط ومساحات للخرائط
export-gpkg = طبقات منسقة لبرنامج QGIS
export-parquet = أعمدة للتحليل
export-kml = للكرة الأرضية
export-hxl = جدول بوسوم HXL
export-acled = بأعمدة ACLED
export-ucdp = الوفيات بأعمدة UCDP
export-cap = تنبيهات كمسودات
export-plover = أحداث بصيغة JSON

## Areas, states, reading without a network
screen-area = التطوّر
province = المحافظة
offline = لا يمكن الوصول إلى الخادم.
offline-why = المعروض هو ما قرأه هذا الجهاز في { $read }. يتحدث السجل حتى { $day }؛ وما جاء بعده غير معروف هنا، وغيابه لا يدل على شيء.
offline-missing = لا يمكن الوصول إلى الخادم، ولم يُحفظ هذا على هذا الجهاز.
area-title = { $area } عبر الزمن
area-which = المنطقة
area-trend = تطوّر هذه المنطقة
area-only = هذه فقط
area-list = اعرض على الخريطة والقائمة
area-line = الحوادث عبر الزمن
area-table = أرقام المنحنى
area-kinds = ما هي
area-heard = أيام السماع
area-heard-all = سُمع أحد في كل يوم
area-heard-part = في بعض الأيام لم يُسمع أحد
area-unheard = لم يُسمع أحد: ليس صفرًا
area-heard-zone = يُحسب اليوم مسموعًا إذا سُمع فيه أحد من المنطقة.
area-heard-why = تُحفظ التغطية بحسب المنطقة: يُحسب اليوم مسموعًا إذا سُمع فيه أحد من أي منطقة أو من بقية البلد.
area-perhaps = الحادث الذي لم يُحسم مكانه يُحسب في كل منطقة قد يقع فيها، والذي يمتد أيامًا يُحسب في يومه الأول.
step = الخطوة
step-week = أسبوع
step-month = شهر
step-year = سنة
difference = بين حالتين
difference-why = ما جاء وما ذهب وما تغيّر، وأي صفحات وقرارات أحدثته.
difference-from = من
difference-to = إلى
difference-choose = اختر حالة
difference-one = لا يحوي التاريخ حتى الآن سوى حالة واحدة.
difference-others = أنواع أخرى
difference-was = كان
difference-pages-came = صفحات جديدة:
difference-pages-went = صفحات ذهبت:
difference-rulings-came = قرارات جديدة:
difference-rulings-went = قرارات ذهبت:
difference-no-page = لم تأتِه صفحة ولا قرار: تغيّرت البيانات أو حادث آخر.
kind-passage = فقرة
kind-statement = تصريح
kind-contradiction = تناقض
kind-complaint = شكوى
kind-agreement = اتفاق
kind-zone = منطقة
kind-deadline = موعد نهائي
kind-round = جولة محادثات
kind-meeting = اجتماع
kind-position = موقف
kind-stand = وقفة
kind-holding = سيطرة
kind-control_change = تغيّر السيطرة
kind-delivery = إيصال
kind-return = عودة
kind-measure = إجراء
kind-zone_day = يوم منطقة
kind-outlet_day = يوم وسيلة إعلام
kind-unseen = مكان غير مرئي
kind-place = مكان
kind-figure = رقم
kind-time = وقت
kind-actor_mention = ذكر جهة
kind-artefact = أثر
kind-ruling = قرار
kind-review = بند مراجعة
kind-note = ملاحظة
## Import
screen-import = استيراد
kind-foreign = صف للآخرين
import-why = تُحفظ جداول الآخرين منفصلةً عن حوادثنا ولا تُعدّ دليلًا عليها أبدًا. تُحفظ كل نسخة من كل صف، ويدخل الجدول كاملًا أو لا يدخل.
import-file = جدول
import-drop = اختر ملفًا أو أفلته هنا: ACLED أو UCDP GED أو HXL أو جدولك الخاص، بصيغة CSV أو XLSX أو GeoJSON، حتى 64 ميغابايت. لا يُحفظ شيء قبل موافقتك.
import-sign-in = يُدخل الجداولَ المحللون والمراجعون والمديرون.
import-sending = جارٍ الإرسال
import-reading = يُقرأ الجدول الآن …
import-keeping = يُكتب الجدول في السجل، ولم يعد إيقافه ممكنًا …
import-stopped = أُوقف. لم يُحفظ شيء.
import-kept = حُفظ باعتباره القيد { $n } في السجل.
import-result = جديد: { $n }. متغيّر: { $shown }. كما كان: { $total }.
import-already = في السجل هذا الجدول نفسه مقروءًا بالطريقة نفسها.
import-keepable = الصفوف التي ستُحفظ: { $n }
import-rejected = الصفوف المرفوضة: { $n }
import-source = الناشر
import-source-why = الناشر: الاسم نفسه لكل جداوله، حتى يعطي الجدول اللاحق نسخًا جديدة من صفوفه.
import-sheet = الورقة
import-dates = اليوم والشهر
dates-none = كما كُتب
dates-day-first = اليوم أولًا
dates-month-first = الشهر أولًا
import-columns-why = تحت اسم كل عمود ما فُهم منه. غيّره فيُقرأ الجدول من جديد.
import-taken-for = ما فُهم من العمود { $name }
import-not-read = لا يُقرأ
import-as-read = كما سيُقرأ
import-keep = احفظ هذه الصفوف: { $n }
import-another = تخلَّ عنه
import-download = تنزيل الصفوف المرفوضة
import-first-on = أولها في السطر { $n }
import-rows = الصفوف نفسها: { $shown } من { $total }
import-line = السطر
import-row = الصف كما كُتب
import-others = صفوف الآخرين في السجل
import-others-count = الصفوف: { $n }، كلٌّ في أحدث نسخة.
import-versions = النسخ
table-acled = ACLED
table-ucdp = UCDP GED
table-hxl = HXL
table-csv = جدول خاص
column-id = المعرّف
column-date = اليوم أو اليوم الأول
column-date_end = اليوم الأخير
column-time_code = دقة الزمن
column-place = المكان
column-province = المحافظة
column-country = البلد
column-lat = خط العرض
column-lon = خط الطول
column-place_code = دقة المكان
column-event = نوع الحدث
column-sub_event = النوع الفرعي
column-actor1 = الطرف
column-actor2 = الطرف الآخر
column-deaths = القتلى
column-deaths_low = القتلى، الأدنى
column-deaths_high = القتلى، الأعلى
column-sources = المصادر
column-notes = ملاحظات
see-as = كما يراه الآخرون
see-as-show = اعرض
see-as-nothing = السجل أو جزء منه محجوب كله.

## الأرشيف والتقسيم إلى مجموعات
archived = مؤرشفة
archived-what = قرار يُبقيها خارج القوائم والخرائط والأعداد. تُحفظ هي وكلماتها ونتائجها، وأي خبر جديد عنها يعيدها.
archived-why = قرارات أبقت هذه الحوادث خارج الأعداد والملحق. وهي محفوظة في السجل مع كلماتها ونتائجها. المؤرشف ليس هدوءًا.
archived-n = + { $n } مؤرشفة
archived-beside = مؤرشفة { $n } وغير محسوبة
archived-among = منها مؤرشفة { $n }
archived-show = إظهار
show-archived = مع المؤرشفة
do-archive = أرشفة
do-archive-why = تُحفظ وتبقى خارج القوائم والخرائط والأعداد إلى أن يُروى جديد
decision-archive = مؤرشفة
why-archive = خارج ما يُتابَع هنا
archive-back = إعادة
archive-back-why = تُحسب وتُعرض من جديد، ويبقى القرار في السجل على أنه أُلغي.
archive-done = سُجّل. يتبعه السجل بعد لحظات.
archive-back-done = سُجّل. تعود بعد لحظات.
do-split = تقسيم إلى مجموعات
do-split-why = رواياتها عن عدة أحداث
decision-split = قُسّمت إلى مجموعات
why-split = عدة أحداث بعد قراءة الكلمات
split-keys = أعطِ كل رواية مجموعة: 1 إلى 9 يضع الكلمات المعلّمة فيها ويتقدم، وn وp للتنقل. النسخ تتبع كلماتها.
split-group = المجموعة { $n }
split-group-of = مجموعة: { $name }
split-by-origin = مجموعة لكل مصدر
split-by-page = مجموعة لكل صفحة
split-together = الكل معًا
split-none = الكل في مجموعة واحدة؛ لا شيء يُقسم.
split-into = { $n ->
    [zero] تقسيم إلى { $n }
    [one] تقسيم إلى { $n }
    [two] تقسيم إلى { $n }
    [few] تقسيم إلى { $n }
    [many] تقسيم إلى { $n }
   *[other] تقسيم إلى { $n }
}
foreseen-asking = يُحسب ما سيتغير …
foreseen-gone = لن تبقى: { $n }
foreseen-new = جديدة: { $n }
foreseen-changed = ستتغير: { $n }
foreseen-none = لن يتغير شيء.

## التحقق من السجل في المتصفح
check-record = تحقق من هذا السجل
check-why = يحسب المتصفح بنفسه هل الصفحة في السجل: قيدها، والبصمات منه إلى الرأس الموقّع، والتوقيع. يُطلب البرهان من الخادم، ولا يُسأل عن شيء أثناء التحقق.
check-choose = اختر صفحة أدناه أو رقم سجل أعلاه.
check-proof = تحقق
check-again = تحقق مجددًا
check-key = مفتاح السجل
check-key-server = هذا الخادم يقول إنه المفتاح، ويمكنه أن يقول ذلك عن أي مفتاح: قارنه بما حصلت عليه من جهة أخرى أو ألصق ذاك.
check-key-own = جرى التحقق بالمفتاح الذي أعطيته لا بمفتاح هذا الخادم.
check-key-differs = الخادم يسمّي مفتاحًا غير مفتاحك.
check-key-paste = مفتاح تثق به
check-holds = صحيح: القيد { $n } في السجل ذي القيود { $total }.
check-fails = غير صحيح
check-without = لا يتحقق هذا المتصفح من التواقيع إلا عبر HTTPS أو على جهاز الخادم نفسه.
check-content = القيد عن بايتات بهذه البصمة، أُخذت في { $when }
check-file = قارن بنسختك من الصفحة
check-file-same = في ملفك هذه البايتات بعينها.
check-file-other = في ملفك بايتات أخرى.
check-cli = الأمر نفسه بالبرنامج في أي مكان:
check-step-proof = البرهان مقروء
check-step-key = المفتاح مقروء
check-step-note = رأس السجل رسالة موقّعة
check-step-signature = التوقيع بهذا المفتاح
check-step-checkpoint = الرأس لسجل ذلك المفتاح
check-step-path = البصمات تقود من القيد إلى الرأس
check-leaf = القيد
check-pages = صفحات يستند إليها: { $n }

## أقل دقة
privacy = أماكن مقرّبة من دون ساعات وأسماء
privacy-why = لكل من هم دون دور معيّن. تُغلق عليهم الأسماء والكلمات والصفحات والنتائج وأنواع السجلات الأخرى والتقرير وكل تصدير سوى JSON Lines لأنها تكشف الباقي. ولا تجد لهم المرشحات بالمكان أو الكلمات أو النتائج شيئًا. رقم الحادثة ينتج من صفحاتها، فمن عنده الصفحات يجدها.
privacy-on = أقل دقة لكل من هم دون
privacy-off = كل شيء معروض كما هو، سوى المحجوب أدناه.
privacy-none = لا أحد
privacy-exact = المكان كما هو
privacy-km = المكان إلى { $distance } أو أوسع
privacy-days = أيام من دون ساعات
privacy-hours = الوقت كما هو
privacy-names = لا يُسمّى أحد ولا يُقتبس
precision-coarse = مقرّب
place-coarse = مكان مقرّب
coarse-for-you = أقل دقة لدورك: الأماكن مقرّبة أو الساعات محذوفة، ولا يُسمّى أحد ولا يُقتبس. الفارغ هنا لا يعني أنه لم يُروَ.
weight-coarse = { $pages ->
    [zero] { $pages } صفحة
    [one] { $pages } صفحة
    [two] { $pages } صفحتان
    [few] { $pages } صفحات
    [many] { $pages } صفحة
   *[other] { $pages } صفحة
}، المستقل منها { $independent }
not-shown = لا يُعرض لدورك
coarse-report = المناطق والنتائج والتغطية مغلقة لدورك، ومن دونها تقول هذه الصفحة ما ليس صحيحًا. ادخل بدور آخر أو انظر القائمة.
