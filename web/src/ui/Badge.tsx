import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'note';

interface BadgeProps {
  tone?: Tone;
  /** `plain` has no ground, only a dot in the colour of the tone. */
  look?: 'soft' | 'plain';
  icon?: ReactNode;
  children: ReactNode;
}

/** A word in a colour that means something. */
export function Badge({ tone = 'neutral', look = 'soft', icon, children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-look={look}>
      {look === 'plain' && <span className={classes.dot} aria-hidden="true" />}
      {icon}
      {children}
    </span>
  );
}
