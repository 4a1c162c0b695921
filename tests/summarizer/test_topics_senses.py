"""The same words in different senses: what is on a topic, and what only sounds like it."""

from __future__ import annotations

import pytest

from summarizer.topics import TopicScorer, load_topics

SECURITY = [
    "Insurgents seize border post in the north",
    "Ceasefire holds for a second day",
    "Cease-fire talks resume in Doha",
    "Ransomware shuts down hospital network",
    "Hospitals hit by ransomware",
    "Suicide bomber kills 12 at checkpoint",
    "Roadside bomb kills five soldiers",
    "Air strikes hit rebel positions near the capital",
    "Drone strike kills militant commander",
    "Army says 14 terrorists killed in raid",
    "Troops deployed to disputed border after clashes",
    "Navy intercepts boat carrying missiles",
    "Grid attack leaves thousands without light",
    "Hackers steal data from defence ministry",
    "State-backed hackers target telecom networks",
    "Spy chief resigns over leaked documents",
    "Military junta extends state of emergency",
    "Rebels and army trade fire despite truce",
    "Gunmen ambush convoy, killing six policemen",
    "Two hostages freed after jungle raid",
    "North tests ballistic missile",
    "Parliament approves arms sales to neighbours",
    "Soldiers open fire at border crossing",
    "Separatists shell town in the east",
    "Navy ships patrol the strait after tanker seizure by pirates",
    "Court jails five for plotting terror attack",
    "Inspectors find traces of chemical weapons",
    "UN peacekeepers wounded by landmine",
    "Coup attempt foiled, says president",
    "New malware spies on activists' phones",
    "Phishing campaign targets embassies",
    "Grenade thrown at police station",
    "Intelligence agencies warn of sabotage",
    "Bomb blast rips through market",
    "Coast guard and fishing militia clash at disputed reef",
    "Warplanes bomb depot",
    "Sanctions busting network smuggled weapons parts, prosecutors say",
    "Fighter jets scrambled over Baltic",
    "Defence minister signs pact on joint exercises",
    "Guerrillas kidnap engineers working on dam",
    "Militia attacks village, dozens killed",
    "Car bomb explodes outside police headquarters",
    "Border clash leaves four guards dead",
    "NATO to send more troops to the eastern flank",
    "Peace talks between government and rebels collapse",
    "Police arrest three suspected jihadists",
    "Missile hits apartment block",
    "Shelling kills three in border village",
    "Zero-day flaw exploited in cyber attack on ministries",
    "Extremists storm army base",
]

NOT_SECURITY = [
    "Social security payments to rise next year",
    "Social Security trust fund faces shortfall",
    "Securities regulator fines broker",
    "Bank sells mortgage-backed securities",
    "Landlord must return security deposit",
    "Security guard sings at open-air concert",
    "How to improve your job security",
    "Food security improves after good harvest",
    "Striker scores twice as attack clicks",
    "City's attack tears apart weak defence",
    "Chess champion launches attack on the king's side",
    "Actor dies of heart attack at 61",
    "Panic attacks: what helps",
    "Shark attack closes beach",
    "Teachers' strike enters second week",
    "Rail strike: unions reject pay offer",
    "Union members vote to strike over pay",
    "Nurses strike for better wages",
    "Forward fires a late shot to win the cup final",
    "Flu shot clinics open on Monday",
    "New superhero film bombs at the box office",
    "Musical is a box-office bomb",
    "Quarterback throws a missile for the winning touchdown",
    "Striker's missile of a free kick wins derby",
    "Bath bombs recalled over skin rash",
    "Bomb cyclone brings heavy snow",
    "Star Wars sequel breaks records",
    "Price war among supermarkets heats up",
    "Trade war fears weigh on shares",
    "War of words between candidates",
    "Salvation Army opens soup kitchen",
    "Army of volunteers cleans the beach",
    "Artificial intelligence start-up raises $50m",
    "Emotional intelligence matters at work",
    "Tory rebels threaten to vote down budget",
    "Rebel Wilson to star in comedy",
    "Charm offensive wins over voters",
    "Offensive coordinator fired after losing season",
    "Invasive species threatens lake",
    "Pitch invasion mars derby",
    "Guerrilla marketing tips for small firms",
    "Life hacks for a tidy kitchen",
    "Drone light show marks New Year",
    "Explosive growth in online shopping",
    "Bullet train line opens",
    "Arsenal beat Tottenham in derby",
    "Houston Rockets sign guard",
    "Golden State Warriors win again",
    "Border collie wins dog show",
    "Fish tank care for beginners",
    "Think tank says economy will slow",
    "Rocket salad recipe with lemon",
    "Video game Call of Duty sells a million copies in battle with rival shooter",
    "Lightning strike starts forest fire",
    "Miners strike gold in the north",
    "Company strikes deal to buy rival",
    "Fashion army of bloggers storms Milan",
    "Hackathon brings students together",
    "Novel about a spy becomes a film",
    "Actress to play assassin in new thriller movie",
    "Defence lawyer asks for new trial in fraud case",
    "Tennis: champion's title defence ends in the semi-final",
    "Cricket: bowlers lead attack as batsmen collapse",
    "Boxer lands knockout blow in second round of title fight",
    "Arms folded, the coach watched his team lose",
    "Team bomb out of the World Cup",
    "Singer drops surprise album, fans explode",
]

ENERGY = [
    "Gas pipeline deal signed",
    "New gas pipeline to link neighbours",
    "Load-shedding returns to the capital",
    "Loadshedding hits factories",
    "Load shedding of ten hours a day angers traders",
    "LNG cargo arrives",
    "LNG terminal to open next year",
    "Grid attack leaves thousands in the dark",
    "Power cuts hit Lahore",
    "Power outage affects half of the island",
    "OPEC agrees to cut output",
    "Oil prices jump after tanker seized",
    "Crude rises above $90 a barrel",
    "Petrol price raised again",
    "Petrol pumps run dry",
    "Diesel shortage strands truckers",
    "Fuel subsidies to end in June",
    "Electricity tariffs to go up by 7%",
    "Electricity prices fall as wind output surges",
    "Blackout plunges the city into darkness",
    "Nuclear power plant back on line",
    "Reactor shut down for repairs",
    "Solar panels on every school roof",
    "Wind farm approved off the coast",
    "Renewables overtake coal",
    "Coal mine to close",
    "Coal-fired plants to shut by 2030",
    "Hydropower dam project stalls",
    "Refinery fire cuts gasoline supply",
    "Regulator approves gas price hike",
    "Winter gas storage is full, says ministry",
    "Oil giant reports discovery of new field",
    "Energy minister resigns",
    "Energy bills to fall this autumn",
    "Energy crisis deepens as imports stall",
    "Green hydrogen plant planned in the desert",
    "Grid operator warns of winter shortages",
    "Utility to build 500 MW battery storage",
    "Circular debt of power sector swells",
    "Biofuel mandate delayed",
    "Shale producers cut rigs",
    "Fossil fuels still dominate",
    "Heat pump sales double",
    "Naphtha cargoes offered at discount",
    "Uranium supplies for reactors secured",
    "Oil tanker runs aground",
    "Transmission line collapse trips grid station",
]

NOT_ENERGY = [
    "Energy drink maker sued",
    "Energy drinks banned in schools",
    "A high-energy performance from the young band",
    "High-energy show delights crowd",
    "The energy of the crowd lifted the team",
    "Her energy and enthusiasm inspired pupils",
    "Dark energy puzzles physicists",
    "Positive energy and meditation",
    "Power struggle in ruling party",
    "Party returns to power after a decade",
    "President clings to power",
    "World powers meet in Vienna",
    "Power-sharing deal signed by parties",
    "Man given power of attorney over aunt's estate",
    "Superpower rivalry grows",
    "Laughing gas sales to be banned",
    "Police fire tear gas at protesters",
    "Olive oil prices hit record",
    "Palm oil exports rise",
    "Oil painting sells for $2m",
    "Essential oils: do they work?",
    "New drugs in the pipeline for diabetes",
    "Talent pipeline of academy pays off",
    "Solar eclipse seen by millions",
    "Solar system has a new comet",
    "Hamilton leads the grid in Bahrain",
    "Driver starts from the back of the grid",
    "Rumours fuel speculation over transfer",
    "Scandal fuels anger at government",
    "Media blackout before election",
    "Nuclear family is in decline, study says",
    "Sugar refinery to close",
    "Gold refiner fined",
    "Pork-barrel spending in the budget",
    "Buying power of wages falls",
    "Star power could not save the film",
    "Power forward traded to Miami",
    "Power play goal wins ice hockey game",
    "Electric guitar of rock legend sold",
    "Soybean oil futures fall",
    "Bank opens offshore account unit",
    "Gas giant planet found around distant star",
    "Firepower of batting line-up wins cricket match",
    "Team runs out of gas in final minutes",
    "Coach praises energy of his players in the second half",
    "Chemistry between actors gives the film its energy",
    "Heat beat Celtics in overtime",
    "Utility player signs for Dodgers",
]

BOTH = [
    "Rebels blow up gas pipeline",
    "Missile strikes knock out power grid",
    "Drone attack sets oil refinery ablaze",
    "Militants attack oilfield, killing guards",
    "Troops take control of nuclear power plant",
    "Ransomware attack shuts fuel pipeline",
    "Grid attack leaves thousands in the dark",
]


@pytest.fixture(scope="module")
def scorer() -> TopicScorer:
    return TopicScorer(load_topics())


def topics_of(scorer: TopicScorer, title: str, text: str = "") -> set[str]:
    return {score.topic for score in scorer.score(title, text)}


@pytest.mark.parametrize("line", SECURITY)
@pytest.mark.parametrize("place", ["title", "text"])
def test_it_finds_security_in_one_line(scorer: TopicScorer, line: str, place: str) -> None:
    title, text = (line, "") if place == "title" else ("", f"{line}.")
    assert "security" in topics_of(scorer, title, text)


@pytest.mark.parametrize("line", NOT_SECURITY)
def test_it_is_not_fooled_by_words_of_security(scorer: TopicScorer, line: str) -> None:
    assert "security" not in topics_of(scorer, line)


@pytest.mark.parametrize("line", ENERGY)
@pytest.mark.parametrize("place", ["title", "text"])
def test_it_finds_energy_in_one_line(scorer: TopicScorer, line: str, place: str) -> None:
    title, text = (line, "") if place == "title" else ("", f"{line}.")
    assert "energy" in topics_of(scorer, title, text)


@pytest.mark.parametrize("line", NOT_ENERGY)
def test_it_is_not_fooled_by_words_of_energy(scorer: TopicScorer, line: str) -> None:
    assert "energy" not in topics_of(scorer, line)


@pytest.mark.parametrize("line", BOTH)
def test_it_finds_both_topics_in_one_line(scorer: TopicScorer, line: str) -> None:
    assert topics_of(scorer, line) == {"security", "energy"}
