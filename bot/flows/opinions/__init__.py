"""What learners say of a module: kept without who, shown to staff from five on."""
