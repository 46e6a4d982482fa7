// What an Ethereum program does with a node, by the npm package viem: its own key, its own
// transactions, pushed to the account f410… that belongs to the key.
//   node viem.mjs <url of /rpc/v1> <token> <chain id>
import { createPublicClient, defineChain, http, keccak256 } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

const [api, token, chainId] = process.argv.slice(2)
const chain = defineChain({
  id: Number(chainId),
  name: 'devchain',
  nativeCurrency: { name: 'FIL', symbol: 'FIL', decimals: 18 },
  rpcUrls: { default: { http: [api] } },
})
const client = createPublicClient({
  chain,
  transport: http(api, {
    fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
    retryCount: 0,
  }),
})
const account = privateKeyToAccount(generatePrivateKey())

const sign = (nonce, value) =>
  account.signTransaction({
    type: 'eip1559',
    chainId: chain.id,
    nonce,
    value,
    to: account.address,
    gas: 2_000_000n,
    maxFeePerGas: 200_000n,
    maxPriorityFeePerGas: 100_000n,
  })
const push = (serializedTransaction) => client.sendRawTransaction({ serializedTransaction })
const refusal = (transaction) =>
  push(transaction).then(
    (hash) => `taken as ${hash}`,
    (error) => error.message,
  )

const first = await sign(0, 7n)
console.log(
  JSON.stringify({
    address: account.address,
    expected: keccak256(first),
    hash: await push(first),
    again: await push(first),
    ahead: await refusal(await sign(9, 7n)),
    other: await refusal(await sign(0, 8n)),
  }),
)
