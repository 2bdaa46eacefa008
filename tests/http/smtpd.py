# A real SMTP server (Debian's python3-aiosmtpd) that does as the recipient's
# name says, and prints every mail it has taken as a line of JSON. Python's
# email package reads the mail as any mail program would.
#
#   smtpd.py PORT [CERT KEY [USER PASSWORD]]
import asyncio, email, email.policy, json, ssl, sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "full":
            return "452 4.2.2 mailbox full"
        if name == "nobody":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        mail = email.message_from_bytes(envelope.content,
                                        policy=email.policy.default)
        say(to=envelope.rcpt_tos, sender=envelope.mail_from,
            tls=session.ssl is not None,
            signed_in=bool(session.authenticated),
            defects=[str(d) for d in mail.defects],
            headers={k.lower(): str(v) for k, v in mail.items()},
            raw=envelope.content.decode("latin-1"),
            body=mail.get_content())
        if name == "silent":
            await asyncio.sleep(3600)
        if name == "gone":
            server.transport.abort()
            return "250 never read"
        if name == "later":
            return "451 4.3.0 try again later"
        if name == "spam":
            return "554 5.7.1 looks like spam"
        return "250 2.0.0 taken"


def main():
    port, tls = int(sys.argv[1]), sys.argv[2:4]
    options = {"hostname": "mail.example"}
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        options.update(tls_context=context, require_starttls=True)
    if len(sys.argv) > 4:
        user, password = sys.argv[4:6]
        options.update(auth_required=True, authenticator=lambda server,
                       session, envelope, mechanism, data: AuthResult(
                           success=data.login == user.encode() and
                           data.password == password.encode(),
                           handled=False))

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(Handler(), loop=loop, **options), "127.0.0.1", port)
        say(port=server.sockets[0].getsockname()[1])
        await asyncio.Event().wait()

    asyncio.run(serve())


main()
