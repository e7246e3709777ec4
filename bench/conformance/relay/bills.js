// What a Relay application would hold in its components: `relay-compiler` reads the texts, nothing runs this file.
import { graphql } from 'relay-runtime';

// --- documents
export const page = graphql`
  query billsPageQuery {
    ...billsList
  }
`;

export const list = graphql`
  fragment billsList on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "billsNextPageQuery") {
    bills(first: $count, after: $cursor) @connection(key: "billsList_bills") {
      edges {
        node {
          id
          number
          ...billsLine
        }
      }
    }
  }
`;

export const line = graphql`
  fragment billsLine on Bill @refetchable(queryName: "billsLineAgainQuery") {
    number
    balance {
      amountMinor
    }
  }
`;
// --- end
