import type { ReactNode } from 'react';
import classes from './States.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** `h1` when it stands alone on the screen. */
  title_as?: 'p' | 'h1';
  /** What to do now. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing is here, and what to do about it. */
export function EmptyState({ icon, title, title_as: Title = 'p', children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      {icon !== undefined && <div className={classes.icon} aria-hidden="true">{icon}</div>}
      <Title className={classes.title}>{title}</Title>
      {children !== undefined && <p className={classes.words}>{children}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
