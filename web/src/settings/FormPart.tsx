import type { ReactNode } from 'react';
import classes from './FormPart.module.css';

/** A part of a dialog under a heading, with what was refused in it. */
export function FormPart({ title, help, fault, children }: { title: string; help: string; fault: string | undefined; children: ReactNode }) {
  return (
    <>
      <h3 className={classes.heading}>{title}</h3>
      <p className={classes.help}>{help}</p>
      {fault !== undefined && <p className={classes.fault} role="alert">{fault}</p>}
      {children}
    </>
  );
}
