// What a program of somebody else's does with a node, by the npm package iso-filecoin: it knows
// Lotus's API and nothing of Nelumbo. Its keys are its own; what it prints, the test looks at.
//   node iso-filecoin.mjs <url of /rpc/v1> <token> <address of a key that the node has>
import { Message } from 'iso-filecoin/message'
import { RPC } from 'iso-filecoin/rpc'
import { Signature } from 'iso-filecoin/signature'
import * as Wallet from 'iso-filecoin/wallet'

const [api, token, ours] = process.argv.slice(2)
const network = 'testnet'
const rpc = new RPC({ api, token, network })

const must = ({ result, error }, what) => {
  if (error) throw new Error(`${what}: ${error.message}`, { cause: error })
  return result
}

/** A message of our own making: prepared, signed and pushed by the library, twice. */
async function pushSigned(type) {
  const account = Wallet.create(type, network)
  const from = account.address.toString()
  const message = await new Message({ from, to: ours, value: '7' }).prepare(rpc)
  const sign = (msg) =>
    new Signature({ type, data: Wallet.signMessage(account.privateKey, type, msg).data })
  const push = (msg) => rpc.pushMessage({ msg, signature: sign(msg) })
  const cid = must(await push(message), `push ${type}`)
  const again = must(await push(message), `push ${type} again`)
  const ahead = await push({ ...message, nonce: 9 })
  const other = await push({ ...message, value: '8' })
  const landed = must(await rpc.waitMsg({ cid, confidence: 1 }), `wait ${type}`)
  return {
    from,
    cid: cid['/'],
    again: again['/'],
    ahead: ahead.error?.message,
    other: other.error?.message,
    exitCode: landed.Receipt.ExitCode,
    nextNonce: must(await rpc.nonce(from), 'nonce'),
  }
}

/** A message that the node numbers and signs; the library checks what it signed. */
async function pushUnsigned() {
  const params = [new Message({ from: ours, to: ours, value: '7' }).toLotus(), null]
  const signed = must(
    await rpc.call({ method: 'Filecoin.MpoolPushMessage', params }), 'MpoolPushMessage')
  const bytes = Message.fromLotus(signed.Message).cidBytes()
  const signer = Wallet.recoverAddress(Signature.fromLotus(signed.Signature), bytes, network)
  return { nonce: signed.Message.Nonce, signer: signer.toString() }
}

console.log(
  JSON.stringify({
    version: must(await rpc.version(), 'version'),
    network: must(await rpc.networkName(), 'networkName'),
    head: must(await rpc.chainHead(), 'chainHead').Height,
    balance: must(await rpc.balance(ours), 'balance'),
    unsigned: await pushUnsigned(),
    secp256k1: await pushSigned('SECP256K1'),
    bls: await pushSigned('BLS'),
  }))
