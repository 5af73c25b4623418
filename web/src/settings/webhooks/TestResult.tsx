import { Alert } from '@mantine/core';
import { useText } from '@/i18n';
import type { TestReport } from './webhook_types';

/** What the receiver said to a test. */
export function TestResult({ name, report, onClose }: { name: string; report: TestReport; onClose: () => void }) {
  const { t } = useText();
  const is_good = report.outcome === 'delivered';
  return (
    <Alert
      mb="md" role="status" color={is_good ? 'green' : 'yellow'} withCloseButton closeButtonLabel={t('ui.close')} onClose={onClose}
      title={t(is_good ? 'webhooks.test_good' : 'webhooks.test_bad', { name })}
    >
      {report.status !== 0 && <div>{t('webhooks.test_status', { status: report.status, took_ms: report.took_ms })}</div>}
      {report.answer !== '' && <div>{report.answer}</div>}
    </Alert>
  );
}
