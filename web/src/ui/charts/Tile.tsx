import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './Tiles.module.css';

interface TileProps {
  label: string;
  /** The list behind the figure; null when there is nothing in it. */
  href: string | null;
  note?: string;
  tone?: 'bad';
  children: ReactNode;
}

/** One figure, and the way to what it counts. */
export function Tile({ label, href, note, tone, children }: TileProps) {
  const inside = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value} data-tone={tone}>{children}</span>
      {note !== undefined && <span className={classes.note}>{note}</span>}
    </>
  );
  return <li>{href === null ? <div className={classes.tile}>{inside}</div> : <Link className={classes.tile} to={href}>{inside}</Link>}</li>;
}

/** Figures beside each other. */
export function TileList({ children }: { children: ReactNode }) {
  return <ul className={classes.tiles}>{children}</ul>;
}
