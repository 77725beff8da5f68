"""All that can wait on a desk, in the order in which it is shown where nothing has a day."""

from scrutiny.desk import meetings, membership, recommendations, reports, residents, voting

WORK = [
    *recommendations.WORK[:3],
    *residents.WORK,
    *recommendations.WORK[3:],
    *meetings.WORK,
    *reports.WORK,
    *membership.WORK,
    *voting.WORK,
]
