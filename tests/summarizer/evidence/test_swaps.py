"""Names that change places about a small word are refused, not the same from the other side."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

CROSSED = {
    "from one to the other": (
        "Gas flows from Ildria to Marenda through the Amberline pipeline.",
        "Gas flows from Marenda to Ildria through the Amberline pipeline.",
    ),
    "one, not the other": (
        "Ildria, not Marenda, blocked the strait on Monday.",
        "Marenda, not Ildria, blocked the strait on Monday.",
    ),
    "to one via the other": (
        "Karsova handed the two men over to Ildria via Marenda on Monday.",
        "Karsova handed the two men over to Marenda via Ildria on Monday.",
    ),
    "from one number to the other": (
        "Output rose from 12 to 15 million tonnes in the year to May.",
        "Output rose from 15 to 12 million tonnes in the year to May.",
    ),
    "a buyer for a seller": (
        "Corrin Energy sold a 10% stake in the field to Amberline for $1.2 billion.",
        "Corrin Energy bought a 10% stake in the field from Amberline for $1.2 billion.",
    ),
    "a seller for a buyer": (
        "Corrin Energy sold a 10% stake in the field to Amberline for $1.2 billion.",
        "Amberline sold a 10% stake in the field to Corrin Energy for $1.2 billion.",
    ),
    "more for less": (
        "Last year Karsova bought more oil from Ildria than from Marenda, Lund said.",
        "Last year Karsova bought more oil from Marenda than from Ildria, Lund said.",
    ),
    "one who did it for the one who followed": (
        "In the last minute, corner James Hale pressed, and Dorn launched a pass to the line.",
        "In the last minute, corner Dorn pressed, and James Hale launched a pass to the line.",
    ),
    "an aircraft with a number for another's": (
        "The drone was shot down by F-16 jets over the bay on 24 November. Marenda protested.",
        "The drone was shot down by Marenda jets over the bay on 24 November.",
    ),
    "somebody's operation for another name": (
        (
            "The rocket fired by Vesk militants landed in a field near the town of Almery on "
            "Sunday, the mayor told a crowd. Karsova's Operation Shield began in May."
        ),
        (
            "The rocket fired by Karsova's Operation Shield militants landed in a field near the "
            "town of Almery on Sunday, the mayor told a crowd."
        ),
    ),
    "one side for the other behind an article": (
        "Unlike Brandt, the Hale camp wants a tunnel under the bay by next summer.",
        "Unlike Hale, the Brandt camp wants a tunnel under the bay by next summer.",
    ),
    "somebody's friend for the other's": (
        "Hale, a Dorn friend, was named head of the port of Almery on Friday.",
        "Dorn, a Hale friend, was named head of the port of Almery on Friday.",
    ),
    "a day for the day of another thing": (
        "On Monday, the Friday vote in Almery was moved to June by the court.",
        "On Friday, the Monday vote in Almery was moved to June by the court.",
    ),
    "an aircraft with a number for a drone's owner": (
        "Four F-16 jets hit the drone over the bay on Monday. The Marenda drone fell into the sea.",
        "Four Marenda jets hit the drone over the bay on Monday.",
    ),
    "an aircraft with a number for others of its kind": (
        "Four F-16 jets hit the drone over the bay on Monday. Marenda jets arrived in the evening.",
        "Four Marenda jets hit the drone over the bay on Monday.",
    ),
    "an office that another one has": (
        (
            "Dorn opened the harbour in Vesk on Friday after nine months of repairs to the quay. "
            "Ildria's President Tom Hale also sent a letter."
        ),
        (
            "Ildria's President opened the harbour in Vesk on Friday after nine months of repairs "
            "to the quay."
        ),
    ),
    "somebody's club for another name": (
        (
            "The final in Vesk was won by Rangers on Sunday after a long delay. Hale's Rangers had "
            "lost to Dorn's United in May."
        ),
        "The final in Vesk was won by Dorn's United on Sunday after a long delay.",
    ),
}
SAME = {
    "a list with articles in another order": (
        "Ships from the UN, the EU and Karsova met off Vesk on Monday in a storm.",
        "Ships from the EU, the UN and Karsova met off Vesk on Monday in a storm.",
    ),
    "an aircraft with a number by what the source calls it": (
        "Four F-16 jets hit the drone over the bay on Monday. The Marenda jets flew from Vesk.",
        "Four Marenda jets hit the drone over the bay on Monday.",
    ),
    "an office in capitals for its holder": (
        (
            "Hale opened the harbour in Vesk on Friday after nine months of repairs to the quay. "
            "Ildria's President Tom Hale also unveiled a plaque."
        ),
        (
            "Ildria's President opened the harbour in Vesk on Friday after nine months of repairs "
            "to the quay."
        ),
    ),
    "an article within a list": (
        "The mayor and Hale were fined in May after the leak of gas in Vesk.",
        "Hale and the mayor were fined in May after the leak of gas in Vesk.",
    ),
    "a list of one with an article": (
        "Karsova and the republic of Ildria signed a treaty on water in Almery on Monday.",
        "The republic of Ildria and Karsova signed a treaty on water in Almery on Monday.",
    ),
    "two clauses in the other order": (
        "Hale resigned and Reeve was fined after the leak of gas in Vesk in May.",
        "Reeve was fined and Hale resigned after the leak of gas in Vesk in May.",
    ),
    "three winners in another order": (
        "Hale, Dorn and Reeve won medals in the women's relay in Almery on Sunday.",
        "Reeve, Hale and Dorn won medals in the women's relay in Almery on Sunday.",
    ),
    "an aircraft by its kind": (
        "The drone was shot down by F-16 jets over the bay on 24 November.",
        "The drone was shot down by fighter jets over the bay on 24 November.",
    ),
    "somebody's company for its name": (
        (
            "The museum in Almery was bought by Dorn in 1998 and reopened by the mayor in May. "
            "Hale's company owns it; Hale leads Dorn."
        ),
        (
            "The museum in Almery was bought by Hale's company in 1998 and reopened by the mayor "
            "in May."
        ),
    ),
    "the small word goes with its name": (
        "Gas flows from Ildria to Marenda through the Amberline pipeline.",
        "Gas flows to Marenda from Ildria through the Amberline pipeline.",
    ),
    "a list in another order": (
        "Ships of Ildria and Marenda met on Monday off the coast of Karsova.",
        "Ships of Marenda and Ildria met on Monday off the coast of Karsova.",
    ),
    "a day at another place": (
        "On Monday, the police told Vesk Radio that two men were arrested in Almery.",
        "The police told Vesk Radio on Monday that two men were arrested in Almery.",
    ),
    "bought for sold": (
        "Corrin Energy sold a 10% stake in the field to Amberline for $1.2 billion.",
        "Amberline bought a 10% stake in the field from Corrin Energy for $1.2 billion.",
    ),
    "received for gave": (
        "Ildria gave 40 tanks to Marenda last week, the ministry in Vesk said.",
        "Marenda received 40 tanks from Ildria last week, the ministry in Vesk said.",
    ),
    "beat for lost to": (
        "Ildria lost to Marenda 2-1 in the final in Vesk on Sunday evening.",
        "Marenda beat Ildria 2-1 in the final in Vesk on Sunday evening.",
    ),
    "less for more": (
        "Last year Karsova bought more oil from Ildria than from Marenda, Lund said.",
        "Last year Karsova bought less oil from Marenda than from Ildria, Lund said.",
    ),
}


@pytest.mark.parametrize("name", CROSSED)
def test_names_in_one_another_s_place_are_refused(name: str) -> None:
    source, said = CROSSED[name]
    assert_refused(said, source)


@pytest.mark.parametrize("name", SAME)
def test_the_same_in_another_order_or_from_the_other_side_is_proved(name: str) -> None:
    source, said = SAME[name]
    assert_proved(said, source)
