import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** What the page is about, in a line under the title. */
  lead?: ReactNode;
  /** Stands before the title: a way back, a crumb. */
  before?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** `read` keeps lines short, `full` uses the whole width and lets the content scroll by itself. */
  width?: 'read' | 'wide' | 'full';
  children: ReactNode;
}

/** A screen with a heading. Every screen has exactly one. */
export function Page({ title, lead, before, actions, width = 'wide', children }: PageProps) {
  useDocumentTitle(`${title} · Tandem`);
  return (
    <div className={classes.page} data-width={width} tabIndex={width === 'full' ? undefined : 0}>
      <header className={classes.header}>
        <div className={classes.words}>
          {before}
          <h1 className={classes.title}>{title}</h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
