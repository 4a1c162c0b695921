"""A condition may not be left out: "provided …", "once …"; their other uses are no conditions."""

from __future__ import annotations

TRUE = {
    "provided is gave": (
        "Corrin Energy provided 20 trucks to the army of Karsova on Monday.",
        "Corrin Energy gave 20 trucks to the army of Karsova on Monday.",
    ),
    "providing is giving": (
        "Hale came to Almery and began working for the police after providing names of smugglers.",
        "Hale came to Almery and began working for the police.",
    ),
    "providing is giving what a clause describes": (
        "The couple sued the owner of Vesk Photos for providing a booth that printed insults.",
        "The couple sued the owner of Vesk Photos.",
    ),
    "once in a place": (
        "Once in the capital, they were beaten by guards at the barracks of Almery.",
        "They were beaten by guards at the barracks of Almery.",
    ),
    "has provided": (
        "The council has provided trucks to the army of Karsova.",
        "The council gave trucks to the army of Karsova.",
    ),
    "provided by": (
        "Corrin Energy will hand out food provided by aid workers from Ildria.",
        "Corrin Energy will hand out food from Ildria.",
    ),
    "they provided": (
        "They provided 20 trucks to the army of Karsova on Monday.",
        "They gave 20 trucks to the army of Karsova on Monday.",
    ),
    "a council provided": (
        "The council provided 20 trucks to the army of Karsova on Monday.",
        "The council gave 20 trucks to the army of Karsova on Monday.",
    ),
    "was provided": (
        "Grain was provided to villages in Ildria on Monday.",
        "Villages in Ildria were given grain on Monday.",
    ),
    "once is one time": (
        "The guard hit Hale once on Monday in Almery.",
        "The guard hit Hale on Monday in Almery.",
    ),
}
FALSE = {
    "provided with its own verb": (
        "Corrin Energy will build the port of Almery provided the council agrees to the price.",
        "Corrin Energy will build the port of Almery.",
    ),
    "provided that": (
        "Corrin Energy will build the port of Almery, provided that the council agrees.",
        "Corrin Energy will build the port of Almery.",
    ),
    "once something happens": (
        "Once parliament has agreed, Karsova will open the port of Almery to grain ships.",
        "Karsova will open the port of Almery to grain ships.",
    ),
    "provided and a present verb": (
        "The launch will go ahead on Sunday, provided weather permits.",
        "The launch will go ahead on Sunday.",
    ),
    "provided and a base form": (
        "Corrin Energy will open the mine in May, provided regulators approve.",
        "Corrin Energy will open the mine in May.",
    ),
    "provided and a name": (
        "Corrin Energy will open the mine in May, provided Karsova agrees to the price.",
        "Corrin Energy will open the mine in May.",
    ),
    "provided and a name, without a comma": (
        "Corrin Energy will open the mine in May provided Karsova agrees to the price.",
        "Corrin Energy will open the mine in May.",
    ),
    "provided at the beginning": (
        "Provided the council agrees to the price, Corrin will build the port.",
        "Corrin will build the port.",
    ),
    "providing at the beginning": (
        "Providing the council agrees to the price, Corrin will build the port.",
        "Corrin will build the port.",
    ),
    "providing they": (
        "Ships may enter Almery providing they pay a toll.",
        "Ships may enter Almery.",
    ),
    "provided, of course, that": (
        "Corrin will build the port of Almery, provided, of course, that the council agrees.",
        "Corrin will build the port of Almery.",
    ),
    "later provided": (
        "Corrin Energy will build the port later provided the council agrees.",
        "Corrin Energy will build the port later.",
    ),
    "for, then providing": (
        "Corrin will build the port it asked for providing regulators approve.",
        "Corrin will build the port it asked for.",
    ),
    "is, then provided": (
        "The port will remain as it is provided the council agrees.",
        "The port will remain as it is.",
    ),
    "has, then provided": (
        "Hale may keep what he has provided the council agrees.",
        "Hale may keep what he has.",
    ),
    "provided by a day": (
        "Corrin will open the mine provided by May the council agrees.",
        "Corrin will open the mine.",
    ),
    "has, then provided they": (
        "Hale was told to keep all he has provided they agree to the price.",
        "Hale was told to keep all he has.",
    ),
    "a comma, then provided": (
        "Hale planned to sell all that he has, provided Karsova agreed to the price.",
        "Hale planned to sell all that he has.",
    ),
    "closed, then provided": (
        "Hale closed the deal provided Karsova agreed to the price.",
        "Hale closed the deal.",
    ),
    "closed, then providing": (
        "Hale closed the deal providing Karsova agreed to the price.",
        "Hale closed the deal.",
    ),
    "provided that, told of the past": (
        "It was provided that Hale owned the port of Almery.",
        "Hale owned the port of Almery.",
    ),
    "once in office": (
        "Once in office, Hale will close the port.",
        "Hale will close the port.",
    ),
    "once through parliament": (
        "Once through parliament, the law will ban grain ships.",
        "The law will ban grain ships.",
    ),
    "once, behind": (
        "Hale will close the port, once in office.",
        "Hale will close the port.",
    ),
    "once, before a participle": (
        "Once in office, the president elected in May closes the port.",
        "The president elected in May closes the port.",
    ),
    "once, before two verbs": (
        "Once in office, they were ready and will close the port of Almery.",
        "They will close the port of Almery.",
    ),
    "once, between": (
        "The port is closed by Hale, once in office, the council was told.",
        "The port is closed by Hale.",
    ),
    "once, before was ready": (
        "Once the council agrees, Hale was ready to close the port.",
        "Hale was ready to close the port.",
    ),
    "provided at the beginning, in small letters": (
        "provided the council agrees to the price, corrin will build the port.",
        "corrin will build the port.",
    ),
    "once, before is": (
        "Once in office, Hale is ready to close the port.",
        "Hale is ready to close the port.",
    ),
}
