import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post } from '@/api';
import { useText } from '@/i18n';
import { EntranceFrame } from './EntranceFrame';
import { NewPasswordForm } from './NewPasswordForm';

/** The end of the link in the mail: a new password. */
export function ResetPage() {
  const { t } = useText();
  const token = useParams().token ?? '';
  const [is_done, setDone] = useState(false);
  if (is_done)
    return (
      <EntranceFrame
        title={t('entrance.reset_done_title')}
        lead={t('entrance.reset_done')}
        below={<Button component={Link} to="/signin" size="md">{t('entrance.sign_in')}</Button>}
      />
    );
  return (
    <EntranceFrame
      title={t('entrance.reset_title')}
      lead={t('entrance.reset_lead')}
      below={<Anchor component={Link} to="/forgotten" size="sm">{t('entrance.new_link')}</Anchor>}
    >
      <NewPasswordForm
        submit_label={t('entrance.reset_save')}
        onSubmit={async (password) => {
          await post('/password/reset', { token, password });
          setDone(true);
        }}
      />
    </EntranceFrame>
  );
}
