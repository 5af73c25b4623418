import { useText } from '@/i18n';
import { Page } from '@/ui';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { SessionsSection } from './SessionsSection';
import { TotpSection } from './TotpSection';

/** My name and look, my password, my second factor, where I am signed in. */
export function AccountPage() {
  const { t } = useText();
  return (
    <Page title={t('settings.my_account.title')} lead={t('settings.my_account.lead')} width="read">
      <ProfileSection />
      <PasswordSection />
      <TotpSection />
      <SessionsSection />
    </Page>
  );
}
