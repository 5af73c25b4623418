import classes from './fields.module.css';

/** A dash where there is no value. */
export function EmptyValue() {
  return <span className={classes.empty} aria-hidden="true">–</span>;
}
