"""What residents of the demo wrote, and what the panel told them: all of it invented."""

THANKS = (
    "Thank you for telling us. The panel counts this with others like it and looks for a "
    "pattern. You can come back with your code to read what happens."
)
READING = "Thank you for the photo. We are looking at it and will write here again."
QUESTION = "Thank you. Do you remember roughly at what time it was, and how many officers came?"
ANSWER = "It was a little after nine in the evening. There were two officers, and later a third."
MORE = "I forgot to say that the camera on the lamp post by the corner may show it too."
SAFE = (
    "Thank you for trusting us with this. It is with those here who keep people safe, and the "
    "members of the panel cannot see it."
)
REFERRED = "Told the duty worker that a child was searched without an adult and is not well."
WAITS = (
    "You wrote that a court case goes on. We wait with it so that nothing here harms your case. "
    "Ask your solicitor before you write more."
)
ELSEWHERE = (
    "Thank you. This panel looks at how police powers are used, so it cannot take this on. "
    "You can ask once that somebody looks at this decision again."
)
SUPPORT = "We are sorry that this happened. They can help you also without a crime number."
OUTCOME = (
    "The panel looked at forty records like yours. It asked the force to tell people how to get "
    "the record of a search. The force agreed, and the panel checked that it is done."
)
PASSED_ON = "The panel read your words at its meeting, and the officers were told of them."

SCHOOL = (
    "Two officers searched a boy outside the school gate while other children watched. Nobody "
    "from the school was asked to be there."
)
BUS = (
    "Officers waited by the school gate and searched two pupils while the others watched. Nobody "
    "from the school came out."
)
CAR = (
    "The same car is stopped every few weeks on the way to work. Each time nothing is found.",
    "Our car has been stopped again on the way to work. Nothing was found this time either.",
    "I share the car with my sister. It is stopped every few weeks and nothing is ever found.",
    "They stopped the car again. I asked why it is always this car, and nobody could say.",
    "My neighbour's car was stopped again on the way to work. It happens every few weeks.",
    "The same car, stopped for the fourth time this year. Nothing was found, as before.",
    "I drive the car for my mother. It was stopped again, and no reason was given.",
)
LIGHTS = "I was stopped because a light was said to be broken. It was not, and I was kept waiting."
HANDCUFFS = (
    "Handcuffs were put on before anything was said. They were taken off again after the search "
    "found nothing."
)
CORNER = "I was searched on the corner by my home. I took a photo of the place when they had left."
NO_CALL = "We reported what was shouted at us and nobody called back."
SUMMARY = "Nobody called back after a report. It is about no police power."
BINS = "The bins in our street are not emptied and it smells."
BINS_SUMMARY = "It is about the bins of a street, which the council empties."
BINS_REPLY = "Thank you. The council looks after bins, and its website says how to tell it."
SHORT = "They were rude."
SHORT_SUMMARY = "One sentence about manners, without a day or a place."
SHORT_REPLY = "Thank you. It does not say enough for us to look at. You can always write again."
ASK_FIRST = "Please ask first whether they want to say more. Manners are part of our work."
NEPHEW = (
    "My son was searched at the station and no adult was with him. He is fifteen and has not "
    "wanted to speak about it since."
)
COURT = "I was held for nine hours and was not told why. The case is in court next month."
CELL = "The light in the cell was on all night, and I asked four times for water."
WARD = (
    "Officers came with the ambulance for my brother. They were calm and slow, but nobody told "
    "us where he would be taken."
)
WRIST = "My wrist was hurt by the handcuffs, and when I said so nobody looked at it."
SHOUTED = "The officer shouted at me in front of my children and would not give a number."
COMMUNITY = (
    "Young people here no longer go to the youth club by the main road. They say that they are "
    "stopped on the way each time there is an operation."
)
ADVOCATE = "We write for a young man who was searched three times in a week on the same street."
PROTEST = "The resident called us: they were held in a crowd for two hours and not let out."
ABUSE = "This text stands for one that insults somebody. It is kept, and folded away."
STATION = "I was searched outside the station. Nobody told me their names or where they were from."
PARK = "Three officers searched us by the bandstand. I think that their cameras were on."
FLOOD = "This came while far too much came at once, so it waits until somebody has looked it over."
FRESH = (
    "The officer shouted at us in front of the children and would not say which station they "
    "were from."
)
PRAISE = (
    "The officers were polite and explained everything. I want you to know that it can be done "
    "well."
)
PRAISE_AGAIN = "An officer came to our school and listened to the pupils for an hour. Thank you."
REASON = (
    "I was stopped on my way home from work. The officer did not say why until I asked three "
    "times, and I was not told how to get a record of it."
)
SHOP = "Somebody broke the window of my shop. I have the report, but I need advice."
LOST = "I lost my wallet on the bus and do not know whom to ask."
SECOND_THOUGHTS = "I wrote this in anger and want to think about it again."
