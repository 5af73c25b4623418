import { Select, Space } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, Page } from '@/ui';
import { DepartmentRules } from './DepartmentRules';
import { gateway_anchor } from './gateway_anchor';
import { SmsGatewaySection } from './SmsGatewaySection';

/** What the people of a department are told by mail and SMS, in which words, and by which gateway. The department stands in the address. */
export function NotificationRulesPage() {
  const { t } = useText();
  const { departments } = useMeta();
  const [address, setAddress] = useSearchParams();
  const department = departments.find(({ id }) => id === address.get('department')) ?? departments[0];
  return (
    <Page title={t('settings.notification_rules.title')} lead={t('settings.notification_rules.lead')} width="wide">
      {department === undefined
        ? <EmptyState title={t('settings.departments.empty')}>{t('settings.departments.lead')}</EmptyState>
        : (
          <>
            <Select
              label={t('settings.notification_rules.department')} allowDeselect={false} searchable maw={360} mb="md"
              data={departments.map(({ id, name }) => ({ value: id, label: name }))} value={department.id}
              nothingFoundMessage={t('ui.nothing_found')} onChange={(id) => id !== null && setAddress({ department: id }, { replace: true })}
            />
            <DepartmentRules key={department.id} department={department} />
          </>
        )}
      <Space h="md" />
      <div id={gateway_anchor}><SmsGatewaySection /></div>
    </Page>
  );
}
