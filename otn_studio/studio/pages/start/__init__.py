"""The start page: new flows, samples, and those that were open lately."""
