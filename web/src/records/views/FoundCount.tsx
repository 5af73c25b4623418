import { useText } from '@/i18n';
import { useFormat, useRefusalText } from '@/ui';
import { useConditionModule } from '../conditions/condition_module';
import { isUnfinished } from '../conditions/conditions';
import type { ConditionGroup } from '../conditions/conditions';
import { useConditionCount } from './useConditionCount';
import classes from './Views.module.css';

/** "12 tickets", as the conditions stand, or what keeps them from being asked. */
export function FoundCount({ conditions }: { conditions: ConditionGroup }) {
  const { t } = useText();
  const format = useFormat();
  const refusalText = useRefusalText();
  const module = useConditionModule();
  const found = useConditionCount(conditions);
  const words = () => {
    if (isUnfinished(conditions)) return t('views.unfinished');
    if (found.error !== null) return refusalText(found.error);
    if (found.data === undefined) return t('ui.loading');
    const { count, count_is_exact } = found.data;
    return t(module === 'tickets' ? 'views.found' : 'views.found_record', { count, shown: `${format.number(count)}${count_is_exact ? '' : '+'}` });
  };
  return <p className={classes.found} role="status">{words()}</p>;
}
