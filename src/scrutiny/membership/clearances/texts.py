"""The first version of what members sign, for every panel that has not written its own."""

from scrutiny.people.constitution import Clearing

CONFIDENTIALITY = """\
## What this is

As a member of the panel I read and hear things that are not public. This is my promise to keep
them. It is between me and the panel; it is not a contract of employment.

## What I keep to myself

- What is said and shown in a part of a meeting that is closed to the public.
- Papers of cases, and anything from which a resident or an officer could be recognised.
- How a fellow member voted in secret, and what a member told us about themself.

I do not copy it, photograph it, record it, forward it, or put it into any other service.

## What I may always do

- Talk about what is published, and about how the panel works.
- Say what I think, as long as it does not reveal what is above.
- Tell the safeguarding lead at once when somebody may be in danger.
- Report a crime, or wrongdoing in the public interest, to those whom the law names.

## If something goes wrong

If something was lost, sent to the wrong person or seen by somebody else, I tell the secretariat
the same day. Telling at once is what is asked of me, not that nothing ever goes wrong.

## For how long

This binds me as long as I sit on the panel and afterwards, until what I know is published.
"""
CODE = """\
## How we work together

- We are independent: of the police, of the council and of every party.
- We look at what is in front of us, and say what we see, whether it pleases anybody or not.
- We listen to each other. Nobody is spoken over, laughed at or made to tell their own story.
- We come prepared, on time, or say that we cannot come.

## What we do not do

- We discriminate against nobody, and let no discrimination pass.
- We take no gift and no favour from anybody whose work we look at.
- We do not use our seat for ourselves, our family, our employer or our party.
- We do not speak for the panel unless it asked us to.
- We contact no resident and no officer in a case on our own.

## Interests

I keep my entry in the register of interests true. When something before us touches me, somebody
close to me or somebody I work for, I say so before it begins, and take no part in it.

## If somebody breaks this

The chair talks to them first. The panel can restrict a seat or, with two people deciding and
after the member was heard, take it away.
"""
FIRST = {Clearing.CONFIDENTIALITY: CONFIDENTIALITY, Clearing.CODE: CODE}
"""Kind -> the words of version 1."""
