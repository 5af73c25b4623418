import { threadOfRating } from './ratings';
import classes from './Ratings.module.css';
import { useTicketRatings } from './useTicketRatings';

interface RatingRemarkProps {
  ticket: string;
  detail: Record<string, unknown> | null;
}

/** What the customer wrote beside the face; colleagues alone see it. Only what stands there now: a later press replaces it. */
export function RatingRemark({ ticket, detail }: RatingRemarkProps) {
  const { data } = useTicketRatings(ticket);
  const thread = threadOfRating(detail);
  const given = data?.ratings.find((each) => each.thread === thread && each.rating === detail?.rating);
  if (given === undefined || given.remark === '') return null;
  return <span className={classes.remark}>{given.remark}</span>;
}
