import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { homeOf, post, useOrganisation } from '@/api';
import type { TimedPreview } from '@/api';
import { useText } from '@/i18n';
import { useAct } from '../useAct';
import classes from './Automation.module.css';

/** Which tickets the rule in the form would touch now; nothing is done to them. */
export function TimedPreviewPart({ body }: { body: object }) {
  const { t } = useText();
  const org = useOrganisation();
  const act = useAct();
  const [seen, setSeen] = useState<{ of: string; preview: TimedPreview } | null>(null);
  const words = JSON.stringify(body);
  const handleLook = () => act(async () => setSeen({ of: words, preview: await post<TimedPreview>(`${homeOf(org)}/automation_rules/preview`, body) }));
  const preview = seen?.of === words ? seen.preview : null;
  return (
    <div>
      <Button size="compact-sm" variant="default" leftSection={<IconEye size={14} />} onClick={() => void handleLook()}>{t('timed_rules.preview')}</Button>
      <div role="status">
        {preview !== null && (
          <>
            <p className={classes.help}>{t(preview.is_exact ? 'timed_rules.preview_count' : 'timed_rules.preview_at_least', { count: preview.count })}</p>
            <ul className={classes.preview}>
              {preview.tickets.map(({ id, number, subject }) => (
                <li key={id}><Link to={`${homeOf(org)}/tickets/${id}`} target="_blank">#{number}</Link> {subject}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
