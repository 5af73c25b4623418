import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Logo } from '../shell/Logo';
import classes from './Entrance.module.css';
import { LanguageChoice } from './LanguageChoice';

interface EntranceFrameProps {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  /** A way elsewhere, under the card. */
  below?: ReactNode;
}

/** What stands around the screens before signing in. */
export function EntranceFrame({ title, lead, children, below }: EntranceFrameProps) {
  useDocumentTitle(`${title} · Tandem`);
  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <div className={classes.brand}><Logo size={40} /></div>
        <h1 className={classes.title}>{title}</h1>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        <div className={classes.card}>{children}</div>
        {below !== undefined && <div className={classes.below}>{below}</div>}
      </main>
      <footer className={classes.footer}><LanguageChoice /></footer>
    </div>
  );
}
