import { Button, Group, Modal, Text } from '@mantine/core';
import { createContext, useCallback, useContext, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';

export interface Question {
  title: string;
  /** The consequences, named. */
  body: ReactNode;
  confirm: string;
  /** What staying with what is means, where "Cancel" would not say it. */
  cancel?: string;
  tone?: 'danger' | 'normal';
}

/** A question may be asked from within a dialog, and stands over it. */
const above_dialogs = 250;

const ConfirmContext = createContext<(question: Question) => Promise<boolean>>(() => Promise.resolve(false));

/** Asks once before an act that can't be undone: `if (await confirm({…})) …`. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const [question, setQuestion] = useState<Question | null>(null);
  const [is_open, setOpen] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => undefined);

  const ask = useCallback(
    (next: Question) =>
      new Promise<boolean>((resolve) => {
        answer.current(false);
        answer.current = resolve;
        setQuestion(next);
        setOpen(true);
      }),
    [],
  );
  const close = (yes: boolean) => {
    answer.current(yes);
    setOpen(false);
  };
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      <Modal
        zIndex={above_dialogs}
        opened={is_open}
        onClose={() => close(false)}
        title={question?.title}
        size="sm"
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <Text component="div" size="sm" c="dimmed">{question?.body}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => close(false)}>{question?.cancel ?? t('ui.cancel')}</Button>
          <Button
            color={question?.tone === 'normal' ? undefined : 'red.8'}
            onClick={() => close(true)}
            data-autofocus
          >
            {question?.confirm}
          </Button>
        </Group>
      </Modal>
    </ConfirmContext.Provider>
  );
}
