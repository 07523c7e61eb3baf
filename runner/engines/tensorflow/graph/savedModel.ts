import { integer, message } from '../../../protocolBuffer.ts';

/** An operation of a TensorFlow graph. */
export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /** Names of nodes, for another output than the first one as "node:1". */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The field of TensorFlow's `AttrValue` that holds the value. */
export type Attribute = Uint8Array;

/** `DataType` of TensorFlow. */
const dataType = { float32: 1, int32: 3 } as const;

export const type = {
  float32: integer(6, dataType.float32),
  int32: integer(6, dataType.int32),
} as const;

export const text = (value: string): Attribute => message(2, value);

export const flag = (value: boolean): Attribute => integer(5, Number(value));

export const integers = (values: readonly number[]): Attribute =>
  message(1, Buffer.concat(values.map((value) => integer(3, value))));

/** A tensor of int32 numbers, [n]. */
export function int32Tensor(values: readonly number[]): Attribute {
  const shape = message(2, message(2, integer(1, values.length)));
  const content = message(4, new Uint8Array(Int32Array.from(values).buffer));
  return message(8, Buffer.concat([integer(1, dataType.int32), shape, content]));
}

/** The tag of the only graph in a saved model. */
export const servingTag = 'serve';

/** So new that operations mean what they mean today (TensorFlow 2.15 made graphs of version 1645). */
const graphVersion = 1645;

/**
 * The file saved_model.pb, from which TensorFlow loads a graph.
 *
 * Source: tensorflow/core/protobuf/{saved_model,meta_graph}.proto and
 * tensorflow/core/framework/{graph,node_def,attr_value,tensor,versions}.proto.
 */
export function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const versions = message(4, integer(1, graphVersion));
  const graph = Buffer.concat([...nodes.map((node) => message(1, nodeDef(node))), versions]);
  const metaGraph = Buffer.concat([message(1, message(4, servingTag)), message(2, graph)]);
  return Buffer.concat([integer(1, 1), message(2, metaGraph)]);
}

function nodeDef({ name, operation, inputs, attributes }: GraphNode): Uint8Array {
  const entries = Object.entries(attributes).map(([key, value]) =>
    message(5, Buffer.concat([message(1, key), message(2, value)])),
  );
  const names = inputs.map((input) => message(3, input));
  return Buffer.concat([message(1, name), message(2, operation), ...names, ...entries]);
}
