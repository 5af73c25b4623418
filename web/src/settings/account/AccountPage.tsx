import { useMay } from '@/api';
import { useText } from '@/i18n';
import { Page } from '@/ui';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { SessionsSection } from './SessionsSection';
import { OwnSignature } from '../signatures/OwnSignature';
import { TotpSection } from './TotpSection';

/** My name and look, my signature, my password, my second factor, where I am signed in. */
export function AccountPage() {
  const { t } = useText();
  const may_reply = useMay('reply', 'tickets');
  const may_forward = useMay('forward', 'tickets');
  return (
    <Page title={t('settings.my_account.title')} lead={t('settings.my_account.lead')} width="read">
      <ProfileSection />
      {(may_reply || may_forward) && <OwnSignature />}
      <PasswordSection />
      <TotpSection />
      <SessionsSection />
    </Page>
  );
}
