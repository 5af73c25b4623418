import { Skeleton } from '@mantine/core';
import classes from './Skeletons.module.css';

/** The shape of a list that is on its way. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={classes.rows} aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row}>
          <Skeleton height={16} width={16} radius="sm" />
          <Skeleton height={10} width={`${30 + ((index * 17) % 34)}%`} />
          <Skeleton height={10} width="12%" ml="auto" />
          <Skeleton height={10} width="8%" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a form or a record that is on its way. */
export function FormSkeleton({ fields = 5 }: { fields?: number }) {
  return (
    <div className={classes.form} aria-hidden="true">
      {Array.from({ length: fields }, (_, index) => (
        <div key={index}>
          <Skeleton height={9} width={90} mb={8} />
          <Skeleton height={32} />
        </div>
      ))}
    </div>
  );
}

/** The shape of a page with a heading that is on its way. */
export function PageSkeleton() {
  return (
    <div className={classes.page} aria-hidden="true">
      <Skeleton height={18} width={180} mb={10} />
      <Skeleton height={10} width={320} mb={28} />
      <RowsSkeleton />
    </div>
  );
}
