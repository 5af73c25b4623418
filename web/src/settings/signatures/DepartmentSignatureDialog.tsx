import { Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import type { Signature } from '@/api';
import { useText } from '@/i18n';
import { ErrorState, FormDialog } from '@/ui';
import { useSettingsQuery } from '../useSettings';
import { SignatureText } from './SignatureText';
import { useSaveSignature } from './useSaveSignature';

interface DepartmentSignatureDialogProps {
  department: { id: string; title: string };
  onClose: () => void;
}

/** The signature of those in a department who have none of their own. */
export function DepartmentSignatureDialog({ department, onClose }: DepartmentSignatureDialogProps) {
  const { t } = useText();
  const path = `departments/${department.id}/signature`;
  const query = useSettingsQuery<Signature>(path);
  const save = useSaveSignature(path);
  const [written, setWritten] = useState<string | null>(null);
  const { data } = query;
  return (
    <FormDialog
      title={t('signature.of_department', { name: department.title })} submit_label={t('ui.save')} size="lg" is_open onClose={onClose}
      onSubmit={() => (data === undefined ? Promise.resolve() : save(written ?? data.html))}
    >
      {(faultOf) => (
        <>
          <Text size="sm" c="dimmed">{t('signature.department_lead')}</Text>
          {query.isPending && <Skeleton height={120} />}
          {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {data && <SignatureText html={written ?? data.html} placeholders={data.placeholders} fault={faultOf('html')} onChange={setWritten} />}
        </>
      )}
    </FormDialog>
  );
}
