import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { formatMinutes, ratings } from './ratings';
import { RatingFace } from './RatingBadge';
import classes from './Ratings.module.css';
import { useStatistics } from './useStatistics';
import type { Statistics } from './useStatistics';

interface StatisticsCardProps {
  module: 'contacts' | 'accounts';
  id: string;
}

/** How it went with this customer so far: tickets, waiting times and ratings. Nothing where the role sees no tickets. */
export function StatisticsCard({ module, id }: StatisticsCardProps) {
  const { t } = useText();
  const { data } = useStatistics(module, id);
  if (data === undefined) return null;
  return (
    <section className={classes.card} aria-label={t('desk.statistics.title')}>
      <dl className={classes.figures}>
        <TicketFigures figures={data} />
        <Times figures={data} />
      </dl>
      <Ratings figures={data} />
      {data.is_capped && <p className={classes.note}>{t('desk.statistics.capped', { count: data.tickets })}</p>}
    </section>
  );
}

function Figure({ label, children, tone }: { label: string; children: ReactNode; tone?: 'bad' }) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd data-tone={tone}>{children}</dd>
    </div>
  );
}

function TicketFigures({ figures }: { figures: Statistics }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <>
      <Figure label={t('desk.statistics.tickets')}>{format.number(figures.tickets)}</Figure>
      <Figure label={t('desk.statistics.open')}>{format.number(figures.open)}</Figure>
      <Figure label={t('desk.statistics.overdue')} tone={figures.overdue > 0 ? 'bad' : undefined}>{format.number(figures.overdue)}</Figure>
    </>
  );
}

function Times({ figures }: { figures: Statistics }) {
  const { t } = useText();
  const { locale } = useFormat();
  const words = (minutes: number | null) => (minutes === null ? '–' : formatMinutes(minutes, locale));
  return (
    <>
      <Figure label={t('desk.statistics.first_answer')}>{words(figures.average_first_answer_minutes)}</Figure>
      <Figure label={t('desk.statistics.resolution')}>{words(figures.average_resolution_minutes)}</Figure>
    </>
  );
}

/** Each face with its share in words, so that the bar above is for the eye alone. */
function Ratings({ figures }: { figures: Statistics }) {
  const { t } = useText();
  const is_rated = ratings.some((each) => figures.ratings[each].count > 0);
  return (
    <div className={classes.ratings}>
      <span className={classes.label}>{t('desk.statistics.ratings')}</span>
      {!is_rated && <span className={classes.none}>{t('desk.statistics.no_ratings')}</span>}
      {is_rated && (
        <>
          <span className={classes.bar} aria-hidden="true">
            {ratings.map((each) => <span key={each} data-rating={each} style={{ flexGrow: figures.ratings[each].count }} />)}
          </span>
          <ul className={classes.shares}>
            {ratings.map((each) => (
              <li key={each} data-rating={each}>
                <RatingFace rating={each} />
                {t('desk.statistics.share', { rating: t(`desk.rating.${each}`), percent: figures.ratings[each].percent, count: figures.ratings[each].count })}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
