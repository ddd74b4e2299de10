"""Sentences of a newsroom for the guard: with facts in figures, and plain ones."""

FACTS = {
    "en": """
Denmark sent 19 F-16s, worth $4.5 million, on Feb. 4, 2024.
Inflation fell to 3.2% in March, from 4.75% a year earlier.
The bank raised $250 million and €1.2 billion in new loans.
Temperatures dropped to -12°C in Kharkiv and 14°F in Montana.
The column stretched 64 km along the road to Kyiv.
A 155mm shell weighs 43 kg and flies 24 km.
Police arrested 1,250 people in 38 cities on Tuesday.
The company cut 2,400 jobs and lost £310 million.
Shares in Boeing fell 7.5% to $182.40 at the close.
About 5,000 people fled the town before 6 p.m.
The budget grew from $61 billion to $95 billion.
Ukraine shot down 27 of 31 drones and 3 missiles overnight.
The pipeline carries 55 bcm of gas a year, Gazprom said.
The plant produces 1,200 MW, enough for 900,000 homes.
The earthquake struck at 4:17 a.m. and killed at least 53,000 people.
GDP shrank by 0.3% in the second quarter, Eurostat reported.
In 1991, 92.3% of voters backed independence.
The vote was 217-213, with 2 members absent.
Rent rose by $450 to $2,300 a month in Boston.
The 32-year-old driver was doing 95 mph in a 40 mph zone.
NATO members spend 2% of GDP on defence; Poland spends 4.1%.
The court fined Google €2.42 billion in 2017.
The ship carried 26,000 tons of grain and 14 crew.
He paid $12.50 for a ticket and 75 cents for water.
The river rose 3.5 m above normal, flooding 840 houses.
Between 1941 and 1945, some 27 million Soviet citizens died.
The hryvnia fell to 41.5 per dollar; a loaf costs ₴35.
The fund holds ¥900 billion and $3.1 trillion.
Turnout was 66.2%, down 1.8 percentage points from 2020.
The fire burned 14,000 acres and forced 6,500 people from home.
Profit was -$15 million, against $8 million in 2022.
The 3rd Assault Brigade took 12 prisoners near Bakhmut.
Pope Leo XIV met 400 bishops in Rome on May 18.
World War II ended 80 years ago.
The missile flew 5,500 km at a speed of 11,000 km/h.
The drug costs 30 mg of silver; each vial holds 5 ml.
A storage of 64 GB and a clock of 50 Hz are enough.
The road is 3/4 finished, engineers from Siemens say.
The tower is 381 m (1,250 ft) tall.
The truce began at 10:45 p.m. on Nov. 27.
Sweden's 9.6 million people use 140 kWh a week.
The ICBM was fired by the IRGC, the CIA said.
He owes $1.8M in taxes and 25% in penalties.
The index lost 512.75 points, or 1.4%, to 38,905.66.
Gov. Gavin Newsom and Sen. Elizabeth Warren met Dr. Lee on Monday.
Brig. Gen. Romanenko and Lt. Col. Smith lead 3,200 soldiers.
Rep. Jones of Texas, Prof. Xavier and Capt. Moss flew 900 miles to Dallas.
Brazil, with 214 million people, signed 7 accords with China.
""",
    "uk": """
Уночі збили 27 із 31 дрона, повідомили Повітряні сили.
Інфляція сповільнилася до 3,2% у березні 2024 року.
Данія передала 19 літаків вартістю 4,5 млн доларів.
Уряд виділив 250 млн грн на ремонт 38 шкіл.
Температура впала до -12 градусів у Харкові.
Колона розтягнулася на 64 км дорогою до Києва.
Снаряд важить 43 кг і летить 24 км.
Поліція затримала 1250 людей у 38 містах.
Ціна зросла з 450 до 2300 гривень на місяць.
Близько 5 тис. людей залишили Покровськ.
Курс долара становить 41,5 грн, євро коштує 45 грн.
Збитки сягнули $15 млн, а прибуток €8 млн.
Пожежа охопила 14 га лісу біля Чорнобиля.
Явка становила 66,2%, на 5% менше, ніж у 2019 році.
Завод виробляє 1200 МВт, цього досить для 900 тис. домівок.
Ракета пролетіла 700 км зі швидкістю 900 км/год.
24 лютого 2022 року почалося повномасштабне вторгнення.
3 бригада взяла 12 полонених під Бахмутом.
Бюджет виріс на 61 млрд грн, сказав Шмигаль.
У 2023 році Німеччина надала €17 млрд, а Франція 3 млрд євро.
Літак летів на висоті 10 км зі швидкістю 850 км/год.
Міст завдовжки 540 м відремонтують за 18 місяців.
Вибори пройшли 31 березня 2019 року у 24 областях.
Мінімальна пенсія зросла на 13% і становить 2361 грн.
Суд стягнув із компанії 75 тис. доларів на користь Іваненка.
Генератор дає 30 кВт, бак вміщує 50 л пального.
Країна імпортувала 8 млрд куб. м газу за 9 місяців.
Зарплата становить 22 500 грн, премія 15%.
""",
}
PLAIN = {
    "en": """
The minister said on Tuesday that talks would resume within weeks.
She won a second term by promising to mend the roads.
Half of the town lost power when the storm came ashore.
He was first to arrive and last to leave the hall.
Officials in Kyiv declined to comment on the report.
For one thing, nobody had asked the farmers.
Schools reopened across the valley after a quiet night.
The court ruled that the ban was lawful.
They said “no comment” and hung up.
O'Neill's speech drew applause from both parties.
One of the drivers was hurt; the other was not.
It was the third time that the bridge had closed.
""",
    "uk": """
Міністр заявив, що переговори відновлять за кілька тижнів.
Половина міста лишилася без світла після негоди.
Він прийшов першим і пішов останнім.
Суд визнав заборону законною.
Обидві сторони відмовилися від коментарів.
На п'ятому поверсі нікого не було.
Школи знову відчинили після тихої ночі.
Один із водіїв постраждав, другий ні.
""",
}
