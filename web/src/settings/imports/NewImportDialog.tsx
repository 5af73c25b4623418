import { FileInput, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { homeOf, keys, postForm, useLimit, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import type { ImportData } from './import_types';

interface NewImportDialogProps {
  modules: { value: string; label: string }[];
  /** What the rows are at first, when it is among them. */
  module: string | null;
  onClose: () => void;
  onAdded: (id: string) => void;
}

/** Chooses a file and what its rows are. */
export function NewImportDialog({ modules, module: asked_for, onClose, onAdded }: NewImportDialogProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const [module, setModule] = useState((modules.find(({ value }) => value === asked_for) ?? modules[0])?.value ?? '');
  const [file, setFile] = useState<File | null>(null);
  const file_bytes_max = useLimit('import_file_bytes');
  const is_too_large = file !== null && file.size > file_bytes_max;
  const handleSubmit = async () => {
    const form = new FormData();
    form.append('module', module);
    if (file !== null) form.append('file', file, file.name);
    const made = await postForm<ImportData>(`${homeOf(org)}/imports`, form);
    void cache.invalidateQueries({ queryKey: [...keys.organisation(org), 'settings', 'imports'] });
    onAdded(made.id);
  };
  return (
    <FormDialog title={t('lists.import.new')} is_open submit_label={t('lists.import.upload')} required={{ file: is_too_large ? '' : file?.name ?? '' }} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <Select label={t('lists.import.module')} data={modules} value={module} allowDeselect={false} onChange={(value) => setModule(value ?? '')} error={faultOf('module')} />
          <FileInput
            label={t('lists.import.file')}
            description={t('lists.import.file_help')}
            placeholder={t('lists.import.choose_file')}
            accept=".csv,.tsv,.txt,text/csv"
            value={file}
            onChange={setFile}
            error={is_too_large ? t('lists.import.file_too_large') : faultOf('file')}
            withAsterisk
          />
        </>
      )}
    </FormDialog>
  );
}
