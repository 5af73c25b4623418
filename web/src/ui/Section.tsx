import type { ReactNode } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page with a heading of its own, as a card. */
export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
