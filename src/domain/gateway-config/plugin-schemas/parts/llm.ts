import { boolean, choice, integer, number, record, text, type Fields, type RecordType } from '../../field.js';
import {
  flag,
  group,
  optional,
  positive,
  preset,
  referenceable,
  required,
  secret,
  since,
  url,
} from '../settings.js';

const gemini = record('gemini', 'What Gemini needs to know.', {
  api_endpoint: optional(text(), 'The host of the regional endpoint, if the model runs on Vertex.'),
  project_id: optional(text(), 'The project in Google Cloud, if the model runs on Vertex.'),
  location_id: optional(text(), 'The region, if the model runs on Vertex.'),
});

const bedrock = record('bedrock', 'What Bedrock needs to know.', {
  aws_region: optional(text(), 'The region, if it is not that of the environment.'),
});

const huggingface = record('huggingface', 'What Hugging Face needs to know.', {
  use_cache: optional(boolean(), 'Whether answers may come from the cache.'),
  wait_for_model: optional(boolean(), 'Whether a request waits for a model that is not loaded.'),
});

const options = record('options', 'How the model answers, and what its provider needs to know.', {
  max_tokens: optional(integer(Number.MIN_SAFE_INTEGER), 'The most tokens of an answer.'),
  input_cost: since('3.8', optional(positive, 'What a million tokens of prompts cost.')),
  output_cost: since('3.8', optional(positive, 'What a million tokens of answers cost.')),
  temperature: optional(number(0, 5), 'How random the answers are.'),
  top_p: optional(number(0, 1), 'The share of probability among which words are chosen.'),
  top_k: optional(integer(0, 500), 'The number of words among which one is chosen.'),
  anthropic_version: optional(text(), 'The version of the API of Anthropic.'),
  azure_instance: optional(text(), 'The name of the instance in Azure.'),
  azure_api_version: preset(text(), '2023-05-15', 'The version of the API in Azure.'),
  azure_deployment_id: optional(text(), 'The id of the deployment in Azure.'),
  llama2_format: optional(choice('raw', 'openai', 'ollama'), 'The format that the Llama 2 server speaks.'),
  mistral_format: optional(choice('openai', 'ollama'), 'The format that the Mistral server speaks.'),
  upstream_url: optional(url, 'The whole URL of the model, if it is not that of the provider.'),
  upstream_path: since('3.7', optional(text(), 'The path at the provider, if it is not the usual one.')),
  gemini: since('3.8', optional(gemini, gemini.description)),
  bedrock: since('3.8', optional(bedrock, bedrock.description)),
  huggingface: since('3.9', optional(huggingface, huggingface.description)),
});

const model = record('model', 'The model that is asked.', {
  provider: required(
    choice(
      ...['openai', 'azure', 'anthropic', 'cohere', 'mistral', 'llama2', 'gemini', 'bedrock', 'huggingface'],
    ),
    'Who provides the model.',
  ),
  name: optional(text(), 'The name of the model.'),
  options: optional(options, options.description),
});

const auth = record('auth', 'How the gateway shows the provider who it is.', {
  header_name: optional(referenceable(), 'The header that carries a credential.'),
  header_value: secret(optional(referenceable(), 'The value of that header.')),
  param_name: optional(referenceable(), 'The parameter that carries a credential.'),
  param_value: secret(optional(referenceable(), 'The value of that parameter.')),
  param_location: optional(choice('query', 'body'), 'Where the parameter goes.'),
  gcp_use_service_account: since('3.8', flag(false, 'Whether a service account of Google Cloud is used.')),
  gcp_service_account_json: since(
    '3.8',
    secret(optional(referenceable(), 'The key of the service account, as JSON.')),
  ),
  aws_access_key_id: since('3.8', secret(optional(referenceable(), 'The id of an access key of AWS.'))),
  aws_secret_access_key: since('3.8', secret(optional(referenceable(), 'The secret of that access key.'))),
  allow_override: since('3.8', flag(false, 'Whether credentials in the request take precedence.')),
});

const logging = record('logging', 'What of the traffic to the model is logged.', {
  log_statistics: flag(false, 'Whether tokens and costs are logged.'),
  log_payloads: flag(false, 'Whether prompts and answers are logged.'),
});

/** Which model is asked, and how. */
export const llmFields: Fields = {
  route_type: required(
    choice('llm/v1/chat', 'llm/v1/completions', 'preserve'),
    'The format of requests; those of preserve pass as they are.',
  ),
  auth: optional(auth, auth.description),
  model: group(model),
  logging: group(logging),
};

/** The model that a transformer asks. */
export const llm: RecordType = record('llm', 'The model that is asked.', llmFields);
