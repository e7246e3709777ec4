// GraphiQL against the address this page came from. The token goes into the Headers pane; nothing of it is stored.
const welcome = `# 1. Sign in with the first operation.
# 2. Put the token into Headers, below:
#    {"Authorization": "Bearer …"}
# 3. Run the second.

mutation SignIn {
  signIn(input: {email: "", password: ""}) {
    accessToken
    expiresAt
  }
}

query Today {
  viewer {
    name
    role
    dealership { name }
    branch { name }
  }
  bills(first: 10) {
    totalCount
    nodes { number date status customer { name } total { formatted } }
  }
}
`;

const forgetful = { getItem: () => null, setItem() {}, removeItem() {}, clear() {}, length: 0 };

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: welcome,
    defaultEditorToolsVisibility: "headers",
    storage: forgetful,
    shouldPersistHeaders: false,
  }),
);
