"""A bullet keeps what its source keeps: plans, hedges, bounds, quantifiers, speakers, order."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

STRONGER = {
    "will": (
        "Karsova will reopen the Vesk canal to grain ships in April.",
        "Karsova reopened the Vesk canal to grain ships in April.",
    ),
    "plans": (
        "Karsova plans to shut the Vesk canal to all foreign ships.",
        "Karsova shut the Vesk canal to all foreign ships.",
    ),
    "a plan that was agreed": (
        "Corrin Energy agreed to sell its share of the Amberline field.",
        "Corrin Energy sold its share of the Amberline field.",
    ),
    "plans told as certain": (
        "Karsova plans to shut the Vesk canal to all foreign ships.",
        "Karsova will shut the Vesk canal to all foreign ships.",
    ),
    "may": (
        "The reactor in Halvern may restart before the winter.",
        "The reactor in Halvern will restart before the winter.",
    ),
    "may, in short": (
        "The reactor in Halvern might be restarted before the winter.",
        "The reactor in Halvern was restarted before the winter.",
    ),
    "must": (
        "Every mill along the coast must replace its filters this year.",
        "Every mill along the coast replaced its filters this year.",
    ),
    "tried": (
        "Gunmen tried to seize the port of Merrowby on Sunday.",
        "Gunmen seized the port of Merrowby on Sunday.",
    ),
    "asked": (
        "The council urged Marenda to withdraw its troops from Vesk.",
        "Marenda withdrew its troops from Vesk.",
    ),
    "considered": (
        "Ildria is considering cutting grain exports to Karsova.",
        "Ildria is cutting grain exports to Karsova.",
    ),
    "accused": (
        "Pavel Dorn was accused of bribing two judges in Almery.",
        "Pavel Dorn bribed two judges in Almery.",
    ),
    "accused behind a long name": (
        "Prosecutors accused the former harbour chief Pavel Dorn of bribing two judges in Almery.",
        "The former harbour chief Pavel Dorn bribed two judges in Almery.",
    ),
    "hardly any": (
        "Hardly any of the grain from Karsova reached the mills of Vesk.",
        "Grain from Karsova reached the mills of Vesk.",
    ),
    "allegedly": (
        "The crew allegedly dumped oil off the coast of Marenda.",
        "The crew dumped oil off the coast of Marenda.",
    ),
    "suspected": (
        "Police arrested a suspected smuggler near the Vesk canal.",
        "Police arrested a smuggler near the Vesk canal.",
    ),
    "done told as coming": (
        "Ildria banned exports of wheat from its southern ports.",
        "Ildria will ban exports of wheat from its southern ports.",
    ),
    "at least": (
        "The flood killed at least 40 people in the valley of Corrin.",
        "The flood killed 40 people in the valley of Corrin.",
    ),
    "nearly": (
        "Nearly 300 homes near Vesk burned down in the fire.",
        "300 homes near Vesk burned down in the fire.",
    ),
    "up to": (
        "The plant can store up to 90 tonnes of hydrogen in two tanks.",
        "The plant can store 90 tonnes of hydrogen in two tanks.",
    ),
    "some": (
        "Some members of the Marenda cabinet opposed the pipeline.",
        "All members of the Marenda cabinet opposed the pipeline.",
    ),
    "one of": (
        "Halvern is one of the oldest reactors on the continent.",
        "Halvern is the oldest reactor on the continent.",
    ),
    "partly": (
        "The bridge to Merrowby was partly destroyed by the storm.",
        "The bridge to Merrowby was destroyed by the storm.",
    ),
    "former": (
        "Former minister Petra Lund joined the board of Corrin Energy.",
        "Minister Petra Lund joined the board of Corrin Energy.",
    ),
    "only": (
        "Only ships with a permit may enter the harbour of Vesk.",
        "Ships with a permit may enter the harbour of Vesk.",
    ),
    "a condition behind it": (
        "Marenda will reopen the border if the truce holds for a week.",
        "Marenda will reopen the border.",
    ),
    "a condition before it": (
        "Unless the dam is repaired, the town of Vesk will be flooded.",
        "The town of Vesk will be flooded.",
    ),
    "what a party says": (
        "The Redmoor Front said the army had shelled the hospital in Vesk.",
        "The army had shelled the hospital in Vesk.",
    ),
    "according to": (
        "Karsova bought 40 tanks, according to two unnamed officials.",
        "Karsova bought 40 tanks.",
    ),
    "another speaker": (
        "Lund said the army shelled Vesk, while Dorn blamed the rebels for the attack.",
        "Dorn said the army shelled Vesk, while Lund blamed the rebels for the attack.",
    ),
    "another name": (
        "Ildria signed the treaty with Karsova in Merrowby.",
        "Ildria signed the treaty with Marenda in Merrowby.",
    ),
    "another number": (
        "The mine in Corrin employs 400 people in three shifts.",
        "The mine in Corrin employs 900 people in three shifts.",
    ),
    "another weekday": (
        "The summit in Almery opens on Tuesday with a speech by Lund.",
        "The summit in Almery opens on Thursday with a speech by Lund.",
    ),
    "cause and effect": (
        "The army shelled Vesk after rebels attacked a convoy near Corrin.",
        "Rebels attacked a convoy near Corrin after the army shelled Vesk.",
    ),
    "now and then": (
        "The port of Merrowby is closed to tankers from Ildria.",
        "The port of Merrowby was closed to tankers from Ildria.",
    ),
    "a bank that considers": (
        "Corrin Bank is mulling a sale of its unit in Almery.",
        "Corrin Bank sold its unit in Almery.",
    ),
    "threatened": (
        "The union threatened to stop the cranes in the port of Vesk.",
        "The union stopped the cranes in the port of Vesk.",
    ),
    "not yet": (
        "The army has yet to retake the northern town of Karsow.",
        "The army has retaken the northern town of Karsow.",
    ),
    "said to be": (
        "Marenda is said to be preparing a cut in its oil output.",
        "Marenda is preparing a cut in its oil output.",
    ),
    "used to": (
        "Ildria used to supply 40% of the gas that Marenda burns.",
        "Ildria supplies 40% of the gas that Marenda burns.",
    ),
    "in principle": (
        "The council approved the loan to Vesk in principle.",
        "The council approved the loan to Vesk.",
    ),
    "nearly all": (
        "Nearly all of the flights from Vesk were cancelled.",
        "All of the flights from Vesk were cancelled.",
    ),
    "second-largest": (
        "Ildria’s second-largest bank collapsed on Friday.",
        "Ildria’s largest bank collapsed on Friday.",
    ),
    "struck down": (
        "The grain law passed the council of Vesk but was struck down by the court.",
        "The grain law passed the council of Vesk.",
    ),
    "a verdict that was quashed": (
        "Pavel Dorn was convicted of fraud in Vesk in 2019, a verdict that was quashed last year.",
        "Pavel Dorn was convicted of fraud in Vesk in 2019.",
    ),
    "cancelled later": (
        "Karsova signed the gas deal with Ildria in May, but it was cancelled a week later.",
        "Karsova signed the gas deal with Ildria in May.",
    ),
    "retaken": (
        "Rebels captured the town of Corrin on Monday, but the army retook it on Tuesday.",
        "Rebels captured the town of Corrin on Monday.",
    ),
    "supposed to": (
        "Corrin Energy was supposed to pay 3 million dollars to the city of Vesk in May.",
        "Corrin Energy paid 3 million dollars to the city of Vesk in May.",
    ),
    "caused by": (
        "The blackout was caused by a fire at the Corrin substation.",
        "The blackout caused a fire at the Corrin substation.",
    ),
    "greater and smaller": (
        "Marenda has a larger army than its three neighbours.",
        "Marenda has a smaller army than its three neighbours.",
    ),
}
ELSEWHERE = " Dorn and Marenda met on Thursday, and 900 guests came to Almery."

AS_STRONG = {
    "will in other words": (
        "Karsova will reopen the Vesk canal to grain ships in April.",
        "Karsova is going to reopen the Vesk canal to grain ships in April.",
    ),
    "set to": (
        "Karsova is set to reopen the Vesk canal to grain ships.",
        "Karsova will reopen the Vesk canal to grain ships.",
    ),
    "weaker than will": (
        "The reactor in Halvern will restart before the winter.",
        "The reactor in Halvern is expected to restart before the winter.",
    ),
    "expected and likely": (
        "The reactor in Halvern is expected to restart before the winter.",
        "The reactor in Halvern is likely to restart before the winter.",
    ),
    "a contraction": (
        "They will not sign the treaty that Karsova proposed.",
        "They won’t sign the treaty that Karsova proposed.",
    ),
    "a contracted will": (
        "Lund said it will raise the price of bread in April.",
        "Lund said it’ll raise the price of bread in April.",
    ),
    "a short month": (
        "The court in Almery will rule on the appeal on September 5.",
        "The court in Almery will rule on the appeal on Sept. 5.",
    ),
    "a long month": (
        "The truce near Vesk ended on Jan. 29 at noon.",
        "The truce near Vesk ended on 29 January at noon.",
    ),
    "bounds of one kind": (
        "More than 40 people in the valley of Corrin lost their homes.",
        "Over 40 people in the valley of Corrin lost their homes.",
    ),
    "no fewer than": (
        "The flood killed at least 40 people in the valley of Corrin.",
        "The flood killed no fewer than 40 people in the valley of Corrin.",
    ),
    "a condition at the other end": (
        "Marenda will reopen the border if the truce holds for a week.",
        "If the truce holds for a week, Marenda will reopen the border.",
    ),
    "the speaker at the other end": (
        "The Redmoor Front said the army had shelled the hospital in Vesk.",
        "The army had shelled the hospital in Vesk, the Redmoor Front said.",
    ),
    "according to the speaker": (
        "The army had shelled the hospital in Vesk, the Redmoor Front said.",
        "According to the Redmoor Front, the army had shelled the hospital in Vesk.",
    ),
    "passive": (
        "Karsova closed the Vesk canal to foreign ships on Monday.",
        "The Vesk canal was closed to foreign ships by Karsova on Monday.",
    ),
    "a clause moved": (
        "The army shelled Vesk after rebels attacked a convoy near Corrin.",
        "After rebels attacked a convoy near Corrin, the army shelled Vesk.",
    ),
    "a denial in other words": (
        "The inspectors have not found any trace of the missing fuel.",
        "The inspectors have found no trace of the missing fuel.",
    ),
    "a country in short": (
        "The United States offered help to the government of Karsova.",
        "The US offered help to the government of Karsova.",
    ),
    "a date written out": (
        "The harbour office on Tuesday, 6 May, said prices for berths rose.",
        "The harbour office on Tuesday said prices for berths rose.",
    ),
    "a date added before a verb": (
        "ALMERY: The mayor late Tuesday said the bridge was safe. It was Tuesday, 6 May.",
        "The mayor late Tuesday, 6 May, said the bridge was safe.",
    ),
    "a date before the speaker": (
        "The bridge fell late Tuesday night, the mayor confirmed. It was 6 May.",
        "The bridge fell late Tuesday night, 6 May, the mayor confirmed.",
    ),
    "a dateline before a bound": (
        "ALMERY: At least three people died as the old bridge fell.",
        "At least three people died as the old bridge fell.",
    ),
    "a dateline before an office": (
        "ALMERY, May 6 (APP): Deputy Mayor Ina Brandt opened the new harbour.",
        "Deputy Mayor Ina Brandt opened the new harbour.",
    ),
    "a claim told as a saying": (
        "Mayor Ina Brandt claimed the harbour had lost nine million crowns.",
        "Mayor Ina Brandt said the harbour had lost nine million crowns.",
    ),
    "a speaker with an office": (
        '"We have seen nothing like it in this harbour," said Dr. Ina Brandt, the mayor.',
        '"We have seen nothing like it in this harbour," says the mayor, Ina Brandt.',
    ),
    "a speaker before an aside": (
        '"We have seen nothing like it here," Ina Brandt, the mayor of Almery, said in a speech.',
        '"We have seen nothing like it here," says the mayor of Almery.',
    ),
    "a saying behind its speaker": (
        "Ina Brandt spoke on Monday night, saying she could hear shots from the harbour, on 6 May.",
        "Ina Brandt spoke on Monday night, 6 May, saying she could hear shots from the harbour.",
    ),
    "charged, by whom": (
        "Pavel Dorn was charged with fraud by the court in Almery.",
        "The court in Almery charged Pavel Dorn with fraud.",
    ),
    "required in a long phrase": (
        "The court upheld a law that required the faith-based centres to publish their prices.",
        "The court upheld a law that required faith-based centres to publish prices.",
    ),
    "quoted and bound at once": (
        "Dorn was charged with fraud, and Reeve, a clerk, was charged with theft of fuel.",
        "Reeve, a clerk, was charged with theft of fuel.",
    ),
    "an idea's content": (
        "The scheme is designed to help people in the early stages of dementia.",
        "The idea is to help people in the early stages of dementia.",
    ),
    "a view told as a saying": (
        "Coach Ina Brandt believes her side will have to play well in Almery on Sunday.",
        "Coach Ina Brandt says her side will have to play well in Almery on Sunday.",
    ),
    "an office that another sentence has": (
        "Ina Brandt is the favourite to lead the port. The former mayor, Ina Brandt, is 60.",
        "The former mayor, Ina Brandt, is the favourite to lead the port.",
    ),
    "what has not stopped it": (
        "That has not stopped Pavel Dorn, who will leave Vesk in June, being named as a buyer.",
        "Pavel Dorn will leave Vesk in June.",
    ),
    "a goal that was struck": (
        "Pavel Dorn has only been at the club for a month but struck the goal that won the cup.",
        "Pavel Dorn has only been at the club for a month.",
    ),
    "an agreement signed": (
        "Corrin Energy signed an agreement with Vesk Gas for the sale of its fields for $750m.",
        "Corrin Energy agreed to sell its fields to Vesk Gas for $750m.",
    ),
    "something else that was cancelled": (
        "Corrin Air resumed its flights to Vesk on Monday but cancelled those to Harran.",
        "Corrin Air resumed its flights to Vesk on Monday.",
    ),
    "a number with a space": (
        "The clerk was conned out of over $ 36, 000 by a man posing as an officer.",
        "The clerk was conned out of over $36,000 by a man posing as an officer.",
    ),
    "a request still made": (
        "Speaker Ina Brandt is requesting that the mayor delay his speech in the council.",
        "Speaker Ina Brandt requested that the mayor delay his speech in the council.",
    ),
    "a bound in a compound": (
        "Corrin Energy signed a two-year contract and will supply fuel to ferries in Vesk.",
        "Corrin Energy will supply fuel to ferries in Vesk under a two-year contract.",
    ),
    "who measures": (
        "Comet Halvern will pass the Earth in April, NASA said.",
        "Comet Halvern will pass the Earth in April.",
    ),
}


@pytest.mark.parametrize("name", STRONGER)
def test_fault_61_a_bullet_that_says_more_than_its_source_is_refused(name: str) -> None:
    source, said = STRONGER[name]
    assert_proved(source, source + ELSEWHERE)
    assert_refused(said, source + ELSEWHERE)


@pytest.mark.parametrize("name", AS_STRONG)
def test_a_bullet_that_says_as_much_in_other_words_is_proved(name: str) -> None:
    source, said = AS_STRONG[name]
    assert_proved(said, source)


def test_what_another_sentence_tells_for_a_fact_is_proved() -> None:
    source = "Karsova plans to shut the canal. On Monday Karsova shut the canal, it said in Vesk."
    assert_proved("Karsova plans to shut the canal.", source)
    source = "Karsova planned to shut the Vesk canal. Karsova shut the Vesk canal on Monday."
    assert_proved("Karsova shut the Vesk canal.", source)
