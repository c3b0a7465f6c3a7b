/** Revokes a certificate, with the reason that whoever checks it will read. */
import type { JSX } from "solid-js";
import type { CertificateView } from "../../../../src/features/certificates/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox } from "../../ui/form";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { certificatesApi } from "./certificates-api";
import { revokeWords as words } from "./words";

/** Never optimistic: it says that it is done when it is. */
export function RevokeDialog(props: { certificate: CertificateView; onRevoked: () => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const { number } = props.certificate;
  const send = (because: string) => form.send(because === "" ? [{ field: "because", text: words.noReason }] : [], () => certificatesApi.revoke(number, because), () => {
    announce(words.done(number));
    props.onRevoked();
    props.onClose();
  });
  return (
    <Dialog title={words.title(number)} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.submit} onSubmit={(value) => void send(value("because").trim())} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="because" label={words.because} hint={words.becauseHint} autocomplete="off" />
      </FormBox>
    </Dialog>
  );
}
