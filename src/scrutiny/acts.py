"""Every act: what a page shows or a form does. Who may do it is in policy.py alone."""

from enum import StrEnum


class Act(StrEnum):
    """One act is either something seen (GET) or something done (POST), never both."""

    ANYONE = "anyone"  # a public page: no seat needed
    ANYONE_SENDS = "anyone.sends"  # a form that anybody may send: a concern, a sign-in
    SIGNED_IN = "signed_in"  # a page about the person who is signed in
    SIGNED_IN_SENDS = "signed_in.sends"

    SEATS_READ = "seats.read"
    SEAT_INVITE_PAGE = "seat.invite_page"
    SEAT_INVITE = "seat.invite"
    SEAT_END_PAGE = "seat.end_page"
    SEAT_END = "seat.end"
    SEAT_AGREE_PAGE = "seat.agree_page"
    SEAT_AGREE = "seat.agree"  # the second person, where one alone may not decide
    SEAT_CHANGE_PAGE = "seat.change_page"
    SEAT_CHANGE = "seat.change"  # a further term, leave, a restriction
    SEAT_ACTIVATE = "seat.activate"  # a newcomer who has signed and done what is asked
    SEAT_MINE_PAGE = "seat.mine_page"
    SEAT_MINE = "seat.mine"  # what a person does about their own seat
    CLEARANCES_READ = "clearances.read"
    CLEARANCE_RECORD_PAGE = "clearance.record_page"
    CLEARANCE_RECORD = "clearance.record"  # outcome and expiry, never why
    VETTING_PAGE = "vetting.page"
    VETTING_ANSWER = "vetting.answer"  # the force says how a vetting came out, and no more
    INTERESTS_READ = "interests.read"
    NEEDS_READ = "needs.read"  # access needs: for whoever arranges the room
    RECRUIT_PAGE = "recruit.page"
    RECRUIT = "recruit.run"
    SCORE_PAGE = "score.page"
    SCORE = "score.give"
    ELECTION_PAGE = "election.page"
    ELECTION_RUN_PAGE = "election.run_page"
    ELECTION_RUN = "election.run"
    VOTE_PAGE = "vote.page"
    VOTE = "vote.cast"  # nominate, second and vote
    TERMS_DRAFT_PAGE = "terms.draft_page"
    TERMS_DRAFT = "terms.draft"
    TERMS_COMMENT_PAGE = "terms.comment_page"
    TERMS_COMMENT = "terms.comment"
    COMPOSITION_RUN_PAGE = "composition.run_page"
    COMPOSITION_RUN = "composition.run"

    DRAW_PAGE = "draw.page"
    DRAW = "draw.make"
    CASES_READ = "cases.read"
    CASE_TAKE_UP_PAGE = "case.take_up_page"
    CASE_TAKE_UP = "case.take_up"  # what a resident raised becomes a case
    CASE_CONCLUDE_PAGE = "case.conclude_page"
    CASE_CONCLUDE = "case.conclude"
    CASE_REMOVE_PAGE = "case.remove_page"
    CASE_REMOVE = "case.remove"

    CONCERNS_READ = "concerns.read"
    CONCERN_ADD_PAGE = "concern.add_page"
    CONCERN_ADD = "concern.add"  # on behalf of a resident who telephones or comes in person
    CONCERN_TRIAGE_PAGE = "concern.triage_page"
    CONCERN_TRIAGE = "concern.triage"
    CONCERN_REFUSE_PAGE = "concern.refuse_page"
    CONCERN_REFUSE = "concern.refuse"  # the chair agrees, or not, to take nothing forward
    CONCERN_HAND_OFF_PAGE = "concern.hand_off_page"
    CONCERN_HAND_OFF = "concern.hand_off"  # a complaint goes to whom the resident chose
    EVIDENCE_READ = "evidence.read"
    VAULT_PAGE = "vault.page"
    VAULT_KEEP = "vault.keep"  # a custodian's own key
    LOOK_ASK_PAGE = "look.ask_page"
    LOOK_ASK = "look.ask"  # who wrote it: asked with a reason
    LOOK_AGREE_PAGE = "look.agree_page"
    LOOK_AGREE = "look.agree"  # a second custodian opens it for thirty minutes
    HOLD_PAGE = "hold.page"
    HOLD = "hold.set"  # nothing of it is erased while a court or the law needs it
    EQUALITY_READ = "equality.read"
    VIDEO_READ = "video.read"  # what the force is asked to keep; never who wrote
    VIDEO_ASK_PAGE = "video.ask_page"
    VIDEO_ASK = "video.ask"
    VIDEO_ANSWER_PAGE = "video.answer_page"
    VIDEO_ANSWER = "video.answer"

    MEETING_CALL_PAGE = "meeting.call_page"
    MEETING_CALL = "meeting.call"
    MEETING_RUN_PAGE = "meeting.run_page"
    MEETING_RUN = "meeting.run"
    AGENDA_EDIT_PAGE = "agenda.edit_page"
    AGENDA_EDIT = "agenda.edit"
    NOTES_PAGE = "notes.page"
    NOTES_WRITE = "notes.write"
    JOIN = "meeting.join"  # the link for those who come online
    REGISTRATIONS_READ = "registrations.read"
    REGISTRATIONS_RUN = "registrations.run"
    EXPENSE_CLAIM_PAGE = "expense.claim_page"
    EXPENSE_CLAIM = "expense.claim"
    EXPENSE_DECIDE_PAGE = "expense.decide_page"
    EXPENSE_DECIDE = "expense.decide"  # never one's own
    AGENDA_PROPOSE_PAGE = "agenda.propose_page"
    AGENDA_PROPOSE = "agenda.propose"
    CLOSED_READ = "closed.read"  # what is behind closed doors; clearances come on top
    PAPERS_READ = "papers.read"
    PAPER_ADD_PAGE = "paper.add_page"
    PAPER_ADD = "paper.add"
    PAPER_ACCEPT_PAGE = "paper.accept_page"
    PAPER_ACCEPT = "paper.accept"  # a late one, with a reason
    PACK_MAKE = "pack.make"
    PACK_ASK = "pack.ask"  # for one's own, without what one takes no part in
    QUESTIONS_READ = "questions.read"
    QUESTION_DECIDE = "question.decide"
    ROOM_PAGE = "room.page"
    ROOM_RUN_PAGE = "room.run_page"
    ROOM_RUN = "room.run"
    DECLARE_PAGE = "interest.declare_page"
    DECLARE = "interest.declare"  # in the room, about one item
    RECUSAL_LIFT_PAGE = "recusal.lift_page"
    RECUSAL_LIFT = "recusal.lift"  # somebody takes part again: never by their own word
    ACTIONS_READ = "actions.read"
    ACTION_EDIT_PAGE = "action.edit_page"
    ACTION_EDIT = "action.edit"
    ACTION_REPORT_PAGE = "action.report_page"
    ACTION_REPORT = "action.report"  # its owner says that it is done
    IMPORT_PAGE = "import.page"
    IMPORT = "import.run"

    RECOMMENDATION_READ_DRAFT = "recommendation.read_draft"
    RECOMMENDATION_DRAFT_PAGE = "recommendation.draft_page"
    RECOMMENDATION_DRAFT = "recommendation.draft"
    RECOMMENDATION_AGREE_PAGE = "recommendation.agree_page"
    RECOMMENDATION_AGREE = "recommendation.agree"
    RECOMMENDATION_ISSUE_PAGE = "recommendation.issue_page"
    RECOMMENDATION_ISSUE = "recommendation.issue"
    RECOMMENDATION_ANSWER_PAGE = "recommendation.answer_page"
    RECOMMENDATION_ANSWER = "recommendation.answer"
    RECOMMENDATION_REPORT_PAGE = "recommendation.report_page"
    RECOMMENDATION_REPORT = "recommendation.report"  # the force says it has been done
    RECOMMENDATION_CLOSE_PAGE = "recommendation.close_page"
    RECOMMENDATION_CLOSE = "recommendation.close"

    MINUTES_READ_DRAFT = "minutes.read_draft"
    MINUTES_COMPILE_PAGE = "minutes.compile_page"
    MINUTES_COMPILE = "minutes.compile"
    MINUTES_APPROVE_PAGE = "minutes.approve_page"
    MINUTES_APPROVE = "minutes.approve"
    MINUTES_PUBLISH_PAGE = "minutes.publish_page"
    MINUTES_PUBLISH = "minutes.publish"
    MINUTES_CORRECT_PAGE = "minutes.correct_page"
    MINUTES_CORRECT = "minutes.correct"  # a further edition; the old ones stay reachable
