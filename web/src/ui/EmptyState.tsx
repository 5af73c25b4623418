import type { ReactNode } from 'react';
import classes from './States.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do now. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing is here, and what to do about it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      {icon !== undefined && <div className={classes.icon} aria-hidden="true">{icon}</div>}
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p className={classes.words}>{children}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
