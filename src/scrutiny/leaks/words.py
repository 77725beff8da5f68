"""Words that the guard must know: names in other forms, and names that are ordinary words."""

FORMS = """
abdullah abdallah abdulla| ahmed ahmad ahmet| aisha ayesha aysha aishah| alexander alex alec
sandy xander sasha| alexandra alex sandra sasha lexi| alfred alf alfie fred| amanda mandy|
andrew andy drew| anthony tony ant| antonia toni| benjamin ben benny| bernard bernie| catherine
katherine kathryn kate katie kathy cathy kat kitty| charles charlie chas| charlotte lottie
charlie| christine christina chris tina| christopher chris kit| daniel dan danny| david dave
davey| deborah debra debbie deb| dominic dom| donald don donny| dorothy dot dottie| edward ed
eddie ned ted teddy| eleanor ellie nell nora| elizabeth elisabeth liz lizzie beth betty eliza
libby betsy| emanuel emmanuel manny| emily em emmy| fatima fatimah fatma| frances fran frankie|
francis frank frankie| frederick fred freddie| gabriel gabe| gabrielle gabby| geoffrey jeffrey
geoff jeff| george georgie| georgina georgie gina| gerald gerry jerry| gregory greg| harold
harry hal| hassan hasan| helen nell| henry harry hal| hussain hussein hossain husain| ibrahim
ebrahim| isabel isabelle isobel izzy bella| jacob jake| jacqueline jackie| james jim jimmy
jamie| janet jan| jennifer jen jenny| jessica jess jessie| joanne joanna jo| john johnny jack
jon| jonathan jon jonny| joseph joe joey| josephine jo josie| joshua josh| judith judy| julian
jules| katherine katie kate| kenneth ken kenny| kevin kev| khadija khadijah| kimberly kim|
lawrence laurence larry| leonard len lenny| louise lou| margaret maggie meg peggy marge| maria
marie mary molly| martin marty| matthew matt| maureen mo| maxwell maximilian max| michael mike
mick mickey| michelle shelly| mohammed mohamed muhammad mohammad muhammed mohamad mohd mo|
mustafa mustapha| natalie nat| natasha tasha| nathaniel nathan nat nate| nicholas nick nicky|
nicola nicole nicky nic| oliver ollie| olivia liv livvy| oluwaseun seun| omar umar omer| osama
usama| pamela pam| patricia pat patsy tricia trish| patrick pat paddy| peter pete| philip
phillip phil| rachel rach| raymond ray| rebecca becky becca| richard rich rick ricky dick|
robert rob robbie bob bobby bert| roderick rod| roger rodge| ronald ron ronnie| rosemary rose
rosie| samantha sam| samuel sam sammy| sarah sara| sebastian seb| shirley shirl| simon si|
stephanie steph| stephen steven steve stevie| stuart stewart stu| susan suzanne sue susie suzie|
sylvia silvia| terence terry| theodore theo ted| theresa teresa terri tess| thomas tom tommy|
timothy tim| valerie val| veronica ronnie| victor vic| victoria vicky vicki tori| vincent vince
vinny| walter wally walt| william will bill billy willie liam| winifred winnie| yasmin yasmine
jasmine| yusuf yousef yousuf youssef yusef joseph| zachary zac zack| zainab zaynab zeinab|
"""
COMMON_GIVEN = """
aaron abby abdul abigail ada adam adebayo adrian afua aidan akua alan albert ali alice alicia
alison amara amelia amina amir amira amy ana andrea angela anika anita ann anna anne annie anwar
arjun arthur asha ashley audrey ava ayo barbara barry beatrice becky bella ben beverley bianca
bilal bisi blessing bola brandon brenda brian bridget bruce bryony callum cameron carl carla
carol caroline cecilia chantelle cheryl chidi chinedu chloe chioma claire clara claudia clive
colin connor craig curtis cynthia daisy damian darren dawn dean denise dennis derek desmond
devon diana diane dina donna doreen douglas dwayne dylan ebony edith eileen elaine elena eli
elijah ella ellen elsie emeka emma eric erica erin esther ethan eva eve evelyn ezra faisal farah
fiona florence folake fraser funmi gareth gary gavin gemma geraldine gillian giovanni gladys
glenn gloria gordon graham gwen habib hamid hamza hana hannah harriet harvey hawa hazel heather
heidi hilary howard hugh ian ife ijeoma imran ingrid irene iris isaac isaiah isla ivan ivy jade
jaden jamal jane janice jared jasmin jason jay jayden jean jermaine jerome jill joan jodie joel
jordan joyce juan jude julia julie june justin kadija kai kamal karen karim karl kayla keisha
keith kelly kemi kerry khalid kieran kofi kwame kyle lamar latoya laura lauren layla leah leanne
lee leila leo leon lesley leroy levi lewis lily linda lindsay lisa lloyd logan lola lorna
lorraine louis lucas lucia lucy luke lydia lynn mabel malcolm malik marcia marcus marcia marian
marina marion mariam maryam mark marlon martha marvin mason maya megan mehmet melanie melissa
mia milan mildred millie mina miriam moira monica morgan moses musa nadia nancy naomi nasra
nathan neil nelson ngozi nia nigel nina noah noel noor norma norman nora nuala obinna olga olu
oscar owen pablo parveen paul paula pauline pearl penelope penny percy philippa phoebe polly
precious priya rahim raj rajesh ralph ravi reece regina renee reza rhys rita roberta rochelle
roland rory rosa ross roxanne roy ruby rupert rushdi russell ruth ryan sabrina sadia safiya
saira sally salma sandeep sandra sanjay saul scott sean selina serena shabana shane shannon
sharon shaun sheila shelley sian sidney sienna simone sofia sonia sophia sophie spencer stacey
stanley stella sunita suresh sylvester tamara tanya tara tariq taylor tayo tessa theo tia tina
toby tobi todd toyin tracey trevor tunde tyler tyrone uche ursula usman vanessa vera vijay viola
vivian wanda warren wayne wendy wesley winston xavier yaw yolanda yvonne zahra zain zara zebedee
zoe zubair
"""
FUNCTION = """
a about after again all also am an and any are as at be been before being but by can could did
do does done down each else ever every for from had has have he her here him his how i if in
into is it its just let like me more most much must my near no none nor not now of off on once
one only or other our out over own per said says she should since so some such than that the
their them then there these they this those to too two under until up us very was we went were
what when where which while who why will with within without would yes you your mr mrs ms miss
mx dr sir dame prof pc ps dc sgt anonymous prefer say unknown nobody
"""
ALSO_WORDS = """
abbey abbot ace angel apple april archer ash august autumn baker ball banks barber barker barn
bay beach bean bear beard beck bell bench berry best bill bird bishop black blessing bloom blue
bond book booth bowl bowman box brand brave bridge bridges briggs bright brook brooks brown buck
bull burn bush butcher butler butter cage carpenter carter case cash castle chance chapel
chapman charity chase child christian church city clay clean clerk cliff close coin cole college
constable cook cooper court cousin cow crane cross crystal dale dance dawn day days dean deal
dear diamond dickens divine door down drew driver duke dusty early earl east easter eden english
faith falls farmer fawn fern field fields finch fish fisher flint flood flower ford forest
fortune foster fountain fox frank freed freedom freeman french friday friend frost fuller gale
garden gardener gardner gates gay gene gift ginger glass glory glover gold golden good goodman
grace grand grant graves gray green grey grove guard guest gunner hale hall hand hands harbour
hardy hart harvest harvey hay hazel head heath heaven hedge herald herb hill hills holiday holly
honey honour hood hook hope horn house humble hunt hunter iris ivory ivy jack jade january jewel
job joy judge july june justice keen key kind king kings kirk kit kite knight lamb lance land
lane large law laws leader leaf leigh lever liberty light lily little lock long lord love low
loyal lucky lynch major manor marble march mark market marks marsh marshal marshall martin mason
masters may meadow medley mercy merit merry might miles mill miller mills mint mist money monday
moody moon moor moore more morning moss mount music nail new newman nice noble noon north nurse
oak ocean olive page paige paige pace palmer parish park parker parks parson parsons pastor pat
patience peace pearl peel penny pepper piper place plant plum pool poor pope porter post potter
pound power powers precious price pride priest prince prior prudence queen quick rain rainbow
raven ray reader red reed reeve reeves rich rider ring rise rivers road rob robin rock rocky
roman room root rose rosemary rowan royal ruby rule rush rye sage sail salmon sand sandy saint
savage school scott sea self sergeant serve shade shaw shell shepherd shine shore short silk
silver singer skinner sky slack small smart snow soul south sparrow speaker spear spencer spring
star steel steward stone storm street strange street stream strong sue summer summers sunday
sunny swan sweet swift tailor taylor temple terry thorn thursday tidy tiger today tom topping
tower town towns trail trip true trust tuck tuesday turner tyler usher vale valentine victor
victory vine violet virtue waite walker wall walls ward warden warm warner water waters way
weaver webb weeks welcome well wells west wheeler white wild wilde will willow wind winter
winters wise wolf wonder wood woods worth wright wynd yard young
"""
PARTICLES_WORDS = """
van der den de la le du da di del dos das do von zu al el ul ud bin ibn bint abu umm ap mac mc o
st saint ter ten
"""
PARTICLES = frozenset(PARTICLES_WORDS.split())
TITLES_WORDS = """
mr mrs ms miss mx dr sir dame lady lord prof professor rev reverend pc ps dc ds sgt sergeant
constable inspector insp pcso cllr councillor sister brother imam pastor father
"""
TITLES = frozenset(TITLES_WORDS.split())
MONTHS_WORDS = """
january february march april may june july august september october november december jan feb
mar apr jun jul aug sep sept oct nov dec
"""
MONTHS = frozenset(MONTHS_WORDS.split())
COMMON = frozenset(FUNCTION.split()) | frozenset(ALSO_WORDS.split()) | MONTHS
"""Ordinary words; written small they are most likely no name."""
SAME: dict[str, frozenset[str]] = {}
"""One form of a given name -> all its forms, itself included."""
for _group in FORMS.strip().strip("|").split("|"):
    for _name in _group.split():
        SAME[_name] = SAME.get(_name, frozenset()) | frozenset(_group.split())
GIVEN = frozenset(SAME) | frozenset(COMMON_GIVEN.split())
"""Given names by which a pair of capitalised words is taken for a person's name."""
